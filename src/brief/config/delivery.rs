//! Tables of channels in, checked channels out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::channels::{Channel, Form, Mail, Target, Tls, is_this_machine};
use super::findings::{Findings, Wrong};
use super::load::{Reading, name};
use super::places::{is_read_with, led_to};
use super::settings::Section;
use super::table::{At, Table, text as text_of};
use super::{address, units};
use crate::brief::secret::SecretSource;

/// What `to` may be.
const KINDS: [&str; 6] = ["folder", "file", "stdout", "mail", "eml", "atom"];

/// A month of mornings: a feed reader that was off for so long still gets all.
pub const DEFAULT_ENTRIES: usize = 30;

/// Mail servers that look for spam let a client wait before they greet it.
pub const DEFAULT_MAIL_TIMEOUT: Duration = Duration::from_secs(60);

/// The channels, in order.
pub(super) fn channels(top: &mut Table<'_>, sections: &[Section], reading: &mut Reading<'_, '_>) -> Vec<Channel> {
    let tables = top.tables("channel", reading.found);
    if tables.is_empty() && !top.has("channel") {
        let right = "write at least one [[channel]]: name = \"files\", to = \"folder\", path = \"editions\"";
        reading.found.wrong(0, "no channel says where editions go", right);
    }
    let mut channels: Vec<Channel> = Vec::new();
    for mut table in tables {
        let Some(channel) = channel(&mut table, reading) else { continue };
        alone(&channel, &channels, &mut table, reading.found);
        apart(&channel, sections, &mut table, reading.found);
        channels.push(channel);
    }
    channels
}

fn channel(table: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> Option<Channel> {
    let own_name = table.parsed("name", reading.found, name);
    if !table.has("name") {
        table.missing("name", "what was told is kept by it: name = \"files\"", reading.found);
    }
    if !table.has("to") {
        table.missing("to", format!("write one of {}", KINDS.join(", ")), reading.found);
    }
    // What stands in a table without a kind cannot be judged.
    let kind = table.parsed("to", reading.found, kind)?.value;
    let target = target(kind, table, reading);
    table.check_unknown(reading.found, |key| unknown(kind, key));
    Some(Channel { name: own_name.map_or_else(String::new, |name| name.value), to: target })
}

fn kind(text: &str) -> Result<&'static str, Wrong> {
    if let Some(kind) = KINDS.into_iter().find(|kind| *kind == text) {
        return Ok(kind);
    }
    let what = format!("`{}` is no way to deliver", super::table::shown(text));
    Err(match units::nearest(text, KINDS.into_iter()) {
        Some(near) => Wrong::new(what, format!("did you mean \"{near}\"?")),
        None if text.contains('@') => {
            Wrong::new(what, "for mail, write to = \"mail\" and the addresses into `recipients`")
        }
        None => Wrong::new(what, format!("write one of {}", KINDS.join(", "))),
    })
}

fn target(kind: &str, table: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> Target {
    match kind {
        "folder" => Target::Folder { path: path(table, reading), forms: forms(table, reading.found) },
        "file" => {
            let path = path(table, reading);
            Target::File { form: form(table, by_ending(&path), reading.found), path }
        }
        "stdout" => Target::Stdout { form: form(table, Form::Text, reading.found) },
        "mail" => Target::Mail(mail(table, reading)),
        "eml" => {
            let path = path(table, reading);
            Target::Eml { path, from: from(table, reading.found), to: recipients(table, reading.found) }
        }
        _ => Target::Atom {
            path: path(table, reading),
            url: table.parsed("url", reading.found, address::web).map(|url| url.value),
            entries: table.count("entries", 1..=1000, DEFAULT_ENTRIES as u64, reading.found) as usize,
        },
    }
}

fn path(table: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> PathBuf {
    if !table.has("path") {
        table.missing("path", "write where: path = \"editions\"", reading.found);
    }
    reading.path(table, "path").map_or_else(PathBuf::new, |path| path.value)
}

const FORMS: [(&str, Form); 4] =
    [("text", Form::Text), ("markdown", Form::Markdown), ("html", Form::Html), ("json", Form::Json)];

fn a_form(text: &str) -> Result<Form, Wrong> {
    let known = FORMS.iter().find(|(name, _)| *name == text).map(|(_, form)| *form);
    known.ok_or_else(|| {
        let what = format!("`{}` is no form of an edition", super::table::shown(text));
        match units::nearest(text, FORMS.iter().map(|(name, _)| *name)) {
            Some(near) => Wrong::new(what, format!("did you mean \"{near}\"?")),
            None => Wrong::new(what, "write text, markdown, html or json"),
        }
    })
}

/// All of them by default: none is large.
fn forms(table: &mut Table<'_>, found: &mut Findings<'_>) -> Vec<Form> {
    let mut forms: Vec<Form> = table.list("forms", found, a_form).into_iter().map(|form| form.value).collect();
    forms.sort_unstable();
    forms.dedup();
    if forms.is_empty() {
        forms = FORMS.map(|(_, form)| form).to_vec();
        if !table.has("forms") {
            let shown = "[\"text\", \"markdown\", \"html\", \"json\"]";
            found.value(table.path("forms"), shown.to_owned(), super::Whence::Default);
        }
    }
    forms
}

fn form(table: &mut Table<'_>, default: Form, found: &mut Findings<'_>) -> Form {
    let form = table.parsed("form", found, a_form).map(|form| form.value);
    if form.is_none() && !table.has("form") {
        let name = FORMS.iter().find(|(_, form)| *form == default).map_or("", |(name, _)| *name);
        found.value(table.path("form"), format!("\"{name}\""), super::Whence::Default);
    }
    form.unwrap_or(default)
}

/// What a file of that name is expected to have in it.
fn by_ending(path: &Path) -> Form {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("md" | "markdown") => Form::Markdown,
        Some("html" | "htm") => Form::Html,
        Some("json") => Form::Json,
        _ => Form::Text,
    }
}

fn mail(table: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> Mail {
    let found = &mut *reading.found;
    let host = table.parsed("host", found, address::host);
    if !table.has("host") {
        table.missing("host", "write the name of the mail server: host = \"smtp.example.org\"", found);
    }
    let tls = table.parsed("tls", found, tls).map(|tls| tls.value).unwrap_or_default();
    let port = table.count("port", 1..=65535, default_port(tls), found);
    let user = table.text("user", found);
    let timeout = table.span("timeout", Duration::from_secs(1)..=Duration::from_secs(600), DEFAULT_MAIL_TIMEOUT, found);
    let from = from(table, found);
    let to = recipients(table, found);
    let unsubscribe = table.parsed("unsubscribe", found, address::contact).map(|way| way.value);
    let password = password(table, reading);
    match (&user, &password) {
        (Some(user), None) if !["password_file", "password_command"].map(|key| table.has(key)).contains(&true) => {
            let wrong = Wrong::new("it has no password", "add password_file or password_command");
            table.wrong("user", user.span.start, wrong, reading.found);
        }
        (None, Some(password)) if !table.has("user") => {
            reading.found.wrong(
                password.span.start,
                format!("`{}` is missing for this password", table.path("user")),
                "add user = \"…\"",
            );
        }
        _ => {}
    }
    if let (Tls::None, Some(host)) = (tls, host.as_ref().filter(|host| !is_this_machine(&host.value))) {
        let at = table.take("tls").map_or(host.span.start, |written| written.span().start);
        let wrong = Wrong::new(
            "mail to another machine would go unencrypted",
            "leave it out (port 465), or write \"starttls\" (port 587)",
        );
        table.wrong("tls", at, wrong, reading.found);
    }
    Mail {
        host: host.map_or_else(String::new, |host| host.value),
        port: u16::try_from(port).unwrap_or_default(),
        tls,
        user: user.map(|user| user.value),
        password: password.map(|password| password.value),
        from,
        to,
        unsubscribe,
        timeout: timeout.as_secs(),
    }
}

fn tls(text: &str) -> Result<Tls, Wrong> {
    match text {
        "tls" => Ok(Tls::Tls),
        "starttls" => Ok(Tls::Starttls),
        "none" => Ok(Tls::None),
        _ => Err(Wrong::new(
            format!("`{}` is no way to secure a connection", super::table::shown(text)),
            "write \"tls\" (port 465), \"starttls\" (port 587), or \"none\" for a server on this machine",
        )),
    }
}

/// RFC 8314 for the first, RFC 6409 for the second, RFC 5321 for the third.
fn default_port(tls: Tls) -> u64 {
    match tls {
        Tls::Tls => 465,
        Tls::Starttls => 587,
        Tls::None => 25,
    }
}

fn from(table: &mut Table<'_>, found: &mut Findings<'_>) -> String {
    if !table.has("from") {
        table.missing("from", "write whom it is from: from = \"Briefing <briefing@example.org>\"", found);
    }
    table.parsed("from", found, address::person).map_or_else(String::new, |from| from.value)
}

fn recipients(table: &mut Table<'_>, found: &mut Findings<'_>) -> Vec<String> {
    let right = "write whom it is to: recipients = [\"ada@example.org\"]";
    let people = table.list("recipients", found, address::person);
    match table.take("recipients") {
        None => table.missing("recipients", right, found),
        Some(written) if written.get_ref().as_array().is_some_and(|list| list.is_empty()) => {
            table.wrong("recipients", written.span().start, Wrong::new("it is empty", right), found);
        }
        Some(_) => {}
    }
    people.into_iter().map(|person| person.value).collect()
}

/// Where the password is kept.
fn password(table: &mut Table<'_>, reading: &mut Reading<'_, '_>) -> Option<At<SecretSource>> {
    let file = reading.path(table, "password_file");
    let command = command(table, reading.found);
    if let (Some(_), Some(command)) = (&file, &command) {
        let wrong = Wrong::new("`password_file` says already where the password is", "keep one of them");
        table.wrong("password_command", command.span.start, wrong, reading.found);
    }
    let file = file.map(|file| At { value: SecretSource::File(file.value), span: file.span });
    file.or(command)
}

/// The command that prints the password. Its words are shown nowhere: some write a password into them.
fn command(table: &mut Table<'_>, found: &mut Findings<'_>) -> Option<At<SecretSource>> {
    let written = table.take("password_command")?;
    let words = written.get_ref().as_array().map(|words| words.iter().map(|word| text_of(word).map(str::to_owned)));
    let words: Option<Vec<String>> = words.and_then(|words| words.collect::<Result<_, _>>().ok());
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        let wrong = Wrong::new(
            "it is no list of words",
            "no shell runs it; write the program and its words one by one: [\"pass\", \"show\", \"mail\"]",
        );
        table.wrong("password_command", written.span().start, wrong, found);
        return None;
    };
    let shown = if words.len() > 1 { format!("[\"{}\", …]", words[0]) } else { format!("[\"{}\"]", words[0]) };
    found.value(table.path("password_command"), shown, found.whence(&written.span()));
    Some(At { value: SecretSource::Command(words), span: written.span() })
}

/// The keys of all channels, with the kinds that have them.
const KEYS: [(&str, &str); 17] = [
    ("path", "folder, file, eml, atom"),
    ("forms", "folder"),
    ("form", "file, stdout"),
    ("host", "mail"),
    ("port", "mail"),
    ("tls", "mail"),
    ("user", "mail"),
    ("password_file", "mail"),
    ("password_command", "mail"),
    ("timeout", "mail"),
    ("unsubscribe", "mail"),
    ("from", "mail, eml"),
    ("recipients", "mail, eml"),
    ("url", "atom"),
    ("entries", "atom"),
    ("name", "all"),
    ("to", "all"),
];

/// A word about a key that such a channel does not have.
fn unknown(kind: &str, key: &str) -> Option<Wrong> {
    if let Some((_, kinds)) = KEYS.iter().find(|(known, _)| *known == key) {
        let what = format!("`{key}` says nothing to a channel with to = \"{kind}\"");
        return Some(Wrong::new(what, format!("leave it out; it is for {kinds}")));
    }
    let is_secret = ["password", "passwd", "pass", "secret", "token"].contains(&key.to_lowercase().as_str());
    is_secret.then(|| {
        let what = format!("`{key}`: a password never stands in the configuration, which is copied and shown");
        Wrong::new(what, "put it into a file of its own and write password_file = \"…\", or password_command = [\"…\"]")
    })
}

/// Refuses what two channels would fight for: a name, a file.
fn alone(channel: &Channel, others: &[Channel], table: &mut Table<'_>, found: &mut Findings<'_>) {
    // Some file systems tell no capitals from small letters.
    let has_name = |other: &Channel| other.name.eq_ignore_ascii_case(&channel.name);
    if !channel.name.is_empty() && others.iter().any(has_name) {
        let wrong = Wrong::new(format!("there is another channel `{}`", channel.name), "give each its own name");
        table.wrong("name", table_at(table, "name"), wrong, found);
    }
    let Some(path) = place_of(&channel.to) else { return };
    let is_same = |other: &&Channel| place_of(&other.to).is_some_and(|other| led_to(other) == led_to(path));
    if let Some(other) = others.iter().find(is_same) {
        let wrong = Wrong::new(format!("channel `{}` writes there already", other.name), "give each its own place");
        let at = table_at(table, "path");
        table.wrong("path", at, wrong, found);
    }
}

/// Refuses a channel into a folder that is read: tomorrow its editions would be news.
fn apart(channel: &Channel, sections: &[Section], table: &mut Table<'_>, found: &mut Findings<'_>) {
    let Some(path) = place_of(&channel.to) else { return };
    let read = sections.iter().flat_map(|section| &section.folders).find(|folder| is_read_with(path, folder));
    if let Some(folder) = read {
        let what = format!("it lies in {}, which is read: editions would be taken for articles", folder.display());
        let at = table_at(table, "path");
        table.wrong("path", at, Wrong::new(what, "choose a place outside"), found);
    }
}

fn table_at(table: &Table<'_>, key: &str) -> usize {
    table.where_is(key).unwrap_or(table.at)
}

/// The file or folder that a channel writes, if it knows where.
fn place_of(target: &Target) -> Option<&Path> {
    let path = match target {
        Target::Folder { path, .. }
        | Target::File { path, .. }
        | Target::Eml { path, .. }
        | Target::Atom { path, .. } => path,
        Target::Stdout { .. } | Target::Mail(_) => return None,
    };
    // An empty one is an error that was named.
    Some(path.as_path()).filter(|path| !path.as_os_str().is_empty())
}
