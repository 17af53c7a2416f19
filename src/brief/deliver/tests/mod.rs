//! Editions delivered to a mail server of our own, to folders, and to feeds; looked at where they came in.

use super::*;
use crate::brief::config::{Mail, Tls};
use server::{Manners, Server, Told};

mod feed;
mod files;
#[cfg(feature = "mail")]
mod mail;
#[path = "../../../../tests/outside/smtp.rs"]
mod server;

fn parcel() -> Parcel {
    let forms = [
        (Form::Text, "Morgenblick\n\n.hidden dot\nThe east pier stays closed. – Ein Satz mit Umlaut: Fähre.\n"),
        (Form::Markdown, "# Morgenblick\n"),
        (Form::Html, "<!DOCTYPE html><title>Morgenblick</title>"),
        (Form::Json, "{}\n"),
    ];
    Parcel {
        briefing: "briefing-0a1b2c3d".to_owned(),
        title: "Morgenblick".to_owned(),
        edition: "2026-11-26T0630".to_owned(),
        subject: "Fähre trifft Pier, and two more".to_owned(),
        summary: "The east pier stays closed.".to_owned(),
        made: "2026-11-26T05:30:00Z".parse().unwrap(),
        zone: "Europe/Berlin".to_owned(),
        forms: forms.into_iter().map(|(form, text)| (form, text.as_bytes().to_vec())).collect(),
        mail_html: "<html><head><style>p{}</style></head><body><p>Die Fähre &amp; der Pier.</p></body></html>"
            .to_owned(),
        previous: Some("2026-11-25T0630".to_owned()),
        language: Some("de".to_owned()),
    }
}

fn channel(to: Target) -> Channel {
    Channel { name: "morning".to_owned(), to }
}

fn mail(port: u16) -> Mail {
    Mail {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        user: None,
        password: None,
        from: "Morgen, Blick <press@example.org>".to_owned(),
        to: vec!["Anna Ö. <anna@example.net>".to_owned(), "ben@example.net".to_owned()],
        unsubscribe: None,
        timeout: 5,
    }
}

/// Sends the edition to a server with such manners.
fn send(manners: Manners, change: impl FnOnce(Mail) -> Mail) -> (Delivery, Told) {
    let server = Server::start(manners);
    let delivery = deliver(&channel(Target::Mail(change(mail(server.port)))), &parcel(), &[]);
    (delivery, server.told())
}

#[track_caller]
fn failed(delivery: Delivery) -> String {
    match delivery {
        Delivery::Failed(error) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn done(delivery: Delivery) -> String {
    match delivery {
        Delivery::Done { receipt } => receipt,
        other => panic!("{other:?}"),
    }
}
