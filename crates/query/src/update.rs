/// x
pub fn update(){}
