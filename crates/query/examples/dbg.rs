use viite_query::*; use viite_store::*; use oxrdf::*;
fn main(){
 let n=|s:&str| NamedNode::new(format!("http://e/{s}")).unwrap();
 let q=vec![
  Quad::new(n("n1"),n("p1"),Literal::from(5),GraphName::DefaultGraph),
  Quad::new(n("n0"),n("p0"),Literal::from(5),GraphName::DefaultGraph),
  Quad::new(n("n1"),n("p2"),n("n0"),GraphName::DefaultGraph),
  Quad::new(n("n1"),n("p1"),n("n0"),GraphName::DefaultGraph)];
 let s=Snapshot::from_quads(q).unwrap();
 let t=std::env::args().nth(1).unwrap();
 let p=prepare(&t).unwrap();
 println!("{}", p.debug_plan(&s));
 let Answer::Solutions(r)=p.run(&s,&QueryOptions::default()).unwrap() else {panic!()};
 for x in r { println!("{:?}", x.unwrap()); }
}
