//! The whole program, as a person or a script meets it.

mod asking;
mod assessing;
mod authoring;
mod bad_input;
mod checking;
mod city;
mod commands;
mod comparing;
mod deciding;
mod demonstration;
mod describing;
mod exporting;
mod history;
mod impact;
mod importing;
mod matching;
mod querying;
mod reporting;
mod reviewing;
mod shapes;
mod steering;
mod support;
mod upgrading;
mod workbooks;
