//! A page in, its main text and what it says of itself out.

#![allow(dead_code)]

mod head;
mod tree;
