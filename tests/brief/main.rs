//! `epitome brief` from outside, as its user and as cron run it: what it prints, its exit code, and what readers get, with
//! servers on the loopback network that behave well and badly.

mod archive;
mod channels;
mod desk;
mod feeds;
mod folders;
mod mail;
mod process;
mod settings;
mod sources;

#[path = "../outside/http.rs"]
mod http;
#[path = "../outside/mod.rs"]
mod outside;
#[path = "../outside/smtp.rs"]
mod smtp;
