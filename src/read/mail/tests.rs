use proptest::prelude::*;

use super::*;
use crate::model::{BlockKind, Cue};

fn read(mail: &str) -> Extract {
    message(mail.as_bytes(), &Limits::default()).unwrap()
}

/// The stretches that are the writer's own.
fn own(extract: &Extract) -> Vec<&str> {
    let own = extract.stretches.iter().filter(|stretch| stretch.known.is_none());
    own.map(|stretch| stretch.span.of(&extract.text)).collect()
}

const HEAD: &str = "From: Ann Holm <ann@ella.example>\nDate: Tue, 4 Mar 2031 07:15:00 +0100\nSubject: Ferry hits pier\n\
                    Message-ID: <1@ella.example>\nMIME-Version: 1.0\n";

#[test]
fn a_message_says_who_wrote_it_when_and_what_about() {
    let given = read(&format!("{HEAD}Content-Language: en-GB, de\n\nThe ferry hit the pier.\n")).given;
    assert_eq!(given.title.unwrap(), ("Ferry hits pier".to_owned(), Found::MailHeader));
    assert_eq!(given.byline.unwrap().0, "Ann Holm");
    assert_eq!(given.published.unwrap().0.to_string(), "2031-03-04T07:15+01:00");
    assert_eq!(given.language.unwrap().code(), "en");
    assert_eq!((given.publisher, given.url), (None, None));
}

#[test]
fn a_newsletter_is_by_its_outlet_and_a_letter_to_a_list_by_who_wrote_it() {
    let with = |more: &str| read(&format!("{HEAD}{more}\n\nThe ferry hit the pier.\n")).given;
    let newsletter = with("List-Id: Morning <m.ella.example>\nArchived-At: <https://ella.example/7>");
    assert_eq!((newsletter.publisher.unwrap().0, newsletter.byline), ("Ann Holm".to_owned(), None));
    assert_eq!(newsletter.url.unwrap().0, "https://ella.example/7");
    let letter = with("List-Id: <pier.ella.example>\nList-Post: <mailto:pier@ella.example>\nArchived-At: javascript:x");
    assert_eq!((letter.byline.unwrap().0, letter.publisher, letter.url), ("Ann Holm".to_owned(), None, None));
    assert_eq!(with("List-Unsubscribe: <https://x.example>\nList-Post: NO").publisher.unwrap().0, "Ann Holm");
}

#[test]
fn titles_lose_what_was_put_in_front_of_them() {
    let cases = [
        ("Re: AW: Ferry hits pier", false, "Ferry hits pier", false),
        ("Fwd: [Alert] Ferry: 14 hurt", false, "[Alert] Ferry: 14 hurt", true),
        ("[pier-news] Re[2]: [pier-news] Ferry", true, "Ferry", false),
        ("Re:", false, "Re:", false),
    ];
    for (subject, from_list, expected, forwarded) in cases {
        assert_eq!(title(subject, from_list), (Some(expected.to_owned()), forwarded), "{subject}");
    }
    assert_eq!(title("", false), (None, false));
}

#[test]
fn encodings_of_headers_and_bodies_are_undone() {
    let mail = "From: =?utf-8?q?Zo=C3=AB_Holm?= <z@ella.example>\nSubject: =?iso-8859-1?B?RuRocmUgcmFtbXQ=?=\n =?utf-8?q?_Mole?=\n\
                Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n\
                =93Die F=E4hre=94 fuhr gegen die =\nMole = 3 < 5.\n";
    let read_ = read(mail);
    assert_eq!(own(&read_), ["“Die Fähre” fuhr gegen die Mole = 3 < 5."]);
    assert_eq!(read_.given.title.unwrap().0, "Fähre rammt Mole");
    assert_eq!(read_.given.byline.unwrap().0, "Zoë Holm");
    let kanji = "フェリーが桟橋に衝突した。";
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(kanji);
    let mut mail = b"From: a@b.example\nContent-Type: text/plain; charset=Shift_JIS\n\n".to_vec();
    mail.extend_from_slice(&bytes);
    assert_eq!(message(&mail, &Limits::default()).unwrap().text, kanji);
    let mail = "From: a@b.example\nContent-Transfer-Encoding: base64\n\nVGhlIGZlcnJ5IGhpd\nCB0aGUgcGllci4=\n\n____\na footer\n";
    assert_eq!(read(mail).text, "The ferry hit the pier.");
}

#[test]
fn flowed_lines_are_joined_and_others_where_they_were_wrapped() {
    let flowed = |delsp: &str| {
        read(&format!(
            "{HEAD}Content-Type: text/plain; format=flowed{delsp}\n\nThe ferry \nhit \nthe pier.\nTwo were hurt.\n"
        ))
        .text
    };
    assert_eq!(flowed(""), "The ferry hit the pier.\n\nTwo were hurt.");
    assert_eq!(flowed("; delsp=yes"), "The ferryhitthe pier.\n\nTwo were hurt.");
    let wrapped = "The ferry Alda Brim hit the east pier of Port Ella on Tuesday morning, and\n\
                   fourteen people were taken to hospital after it, the harbour master said in\n\
                   a statement that was read to reporters at the gate of the closed ferry port\n\
                   by a spokesman for the line.";
    assert_eq!(read(&format!("{HEAD}\n{wrapped}\n")).text, wrapped.replace('\n', " "));
}

#[test]
fn what_is_not_the_writers_own_is_no_text_to_be_quoted() {
    let body = "View this email in your browser ( https://ella.example/v?u=1 )\n\nThe ferry (https://ella.example/f) hit the pier.\n\n\
                * * *\n\nhttps://ella.example/more\n\nOn Monday, Bo Lind wrote:\n> The ferry is safe.\n>> Is it?\n\nIt was not.\n\n\
                You are receiving this because you signed up. Unsubscribe [https://ella.example/u]\n\n-- \nAnn Holm\nHarbour Post\n";
    let read = read(&format!("{HEAD}\n{body}"));
    assert_eq!(own(&read), ["The ferry hit the pier.", "It was not."]);
    let known = |text: &str| {
        let stretch = read.stretches.iter().find(|stretch| stretch.span.of(&read.text).contains(text));
        stretch.unwrap_or_else(|| panic!("{text} in {}", read.text)).known.unwrap()
    };
    assert_eq!(known("in your browser"), (BlockKind::Navigation, Cue::Words));
    assert_eq!(known("The ferry is safe."), (BlockKind::Markup, Cue::MarkedUp));
    assert_eq!(known("wrote:"), (BlockKind::Markup, Cue::MarkedUp));
    assert_eq!(known("Unsubscribe"), (BlockKind::Subscription, Cue::Words));
    assert_eq!(known("Harbour Post"), (BlockKind::Notice, Cue::BelowEnd));
}

#[test]
fn whoever_forwards_a_message_has_not_written_it() {
    let mail = "---------- Forwarded message ---------\nFrom: Bo Lind <b@x.example>\nDate: Mon, Mar 3, 2031\n\nThe ferry hit the pier.\n";
    let read_ = read(&format!("{HEAD}\n{mail}"));
    assert_eq!(own(&read_), ["The ferry hit the pier."]);
    assert_eq!((read_.given.byline, read_.given.published), (None, None));
    let attached = format!(
        "From: Bo Lind <b@x.example>\nSubject: Fwd: look\nContent-Type: multipart/mixed; boundary=q\n\n\
         --q\nContent-Type: message/rfc822\n\n{HEAD}\nThe ferry hit the pier.\n--q--\n"
    );
    let given = read(&attached).given;
    assert_eq!(
        (given.title.unwrap().0, given.byline.unwrap().0),
        ("Ferry hits pier".to_owned(), "Ann Holm".to_owned())
    );
}

/// A message with a plain part and one in HTML, and a file that is sent along.
fn alternatives(plain: &str, html: &str) -> String {
    format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=\"o\"\n\nFor old readers.\n--o\n\
         Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain; charset=us-ascii\n\n{plain}\n\
         --i \nContent-Type: text/html; charset=utf-8\n\n{html}\n--i--\n--o\nContent-Type: text/plain; name=notes.txt\n\
         Content-Disposition: attachment; filename=notes.txt\n\nNotes that nobody asked for.\n--o--\nBehind.\n"
    )
}

#[test]
fn the_plain_part_is_read_unless_it_is_a_stub() {
    let long = "The ferry hit the pier on Tuesday, and two were hurt. ".repeat(4);
    let formatted = format!("<h1>Ferry</h1><p>{long}</p><p>Unsubscribe</p>");
    let full = read(&alternatives(&long, &formatted));
    assert_eq!(own(&full), [long.trim()]);
    let stub = read(&alternatives("View this email in your browser: https://ella.example/v", &formatted));
    assert_eq!(own(&stub), [long.trim()], "a heading is known as one");
}

#[test]
fn an_article_that_was_quoted_to_forward_it_is_an_article() {
    let body = "Begin forwarded message:\n\n> From: Bo <b@x.example>\n> Subject: Ferry\n>\n> The ferry hit the pier.\n>> Is it safe?\n";
    assert_eq!(own(&read(&format!("{HEAD}\n{body}"))), ["The ferry hit the pier."]);
}

#[test]
fn hostile_repeats_take_no_longer_than_their_length() {
    for piece in ["(http://", "( ", "--b", "> \n\n\n", "-- \n", "=?", "a;b*1=c;"] {
        let mail = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{}", piece.repeat(1 << 18));
        let _ = message(mail.as_bytes(), &Limits::default());
        let _ = message(format!("{HEAD}Subject: {}\n\nText", piece.repeat(1 << 14)).as_bytes(), &Limits::default());
    }
}

#[test]
fn a_mailbox_and_a_digest_have_many_articles() {
    let letter = |n: usize| {
        format!(
            "From a@b.example Tue Mar  4 07:15:0{n} 2031\n{HEAD}\nLetter {n}.\n\n>From the pier: a ferry.\nFrom afar.\n\n"
        )
    };
    let mailbox = (1..4).map(letter).collect::<String>();
    let texts = |mail: &str| {
        let all = messages(mail.as_bytes(), &Limits::default()).each;
        all.iter().map(|one| message(one, &Limits::default()).unwrap().text).collect::<Vec<_>>()
    };
    let letter = |n: usize| format!("Letter {n}.\n\nFrom the pier: a ferry.\n\nFrom afar.");
    assert_eq!(texts(&mailbox), (1..4).map(letter).collect::<Vec<_>>());
    let limits = Limits { articles: 2, ..Limits::default() };
    let first = messages(mailbox.as_bytes(), &limits);
    assert_eq!((first.each.len(), first.has_more), (2, true));
    let digest = format!(
        "{HEAD}Content-Type: multipart/digest; boundary=d\n\n--d\n\n{HEAD}\nOne.\n--d\n\n{HEAD}\nTwo.\n--d--\n"
    );
    assert_eq!(texts(&digest), ["One.", "Two."]);
    let one = messages(HEAD.as_bytes(), &Limits::default());
    assert_eq!((one.each.len(), one.has_more), (1, false));
}

#[test]
fn mail_is_told_from_a_text_that_begins_like_one() {
    assert!(looks_like_mail(HEAD.as_bytes()));
    assert!(looks_like_mail(format!("From a@b.example Tue Mar  4 07:15:00 2031\n{HEAD}").as_bytes()));
    assert!(looks_like_mail(b"Received: from x\r\n\tby y\r\nMIME-Version: 1.0\r\nFrom: a@b.example\r\n\r\nText"));
    assert!(looks_like_mail(b"From: a@b.example\nSubject: x\nDate: y\nContent-Type: text/plain\n\nText"));
    assert!(looks_like_mail(b"From a@b.example Tue Mar  4 07:15:00 2031\nFrom: a\n\nText"));
    for text in [
        "From: the harbour master\nDate: Tuesday\nSubject: the pier\n\nThe pier is closed.\n",
        "From the pier on Tuesday at 07:15 in 2031\nThe ferry hit.",
        "Received: 14 hurt.\nThe ferry hit the pier.",
        " Message-ID: 1\nMIME-Version: 1.0\nFrom: x",
        "",
    ] {
        assert!(!looks_like_mail(text.as_bytes()), "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_and_what_is_cut_off_is_read() {
    let refused = |mail: &str| message(mail.as_bytes(), &Limits::default()).unwrap_err().0;
    assert_eq!(refused(""), "no header of a message in it");
    assert_eq!(refused(HEAD), "a message without a text");
    assert_eq!(refused(&format!("{HEAD}Content-Type: image/png\n\nx")), "a message without a text");
    let mut deep = HEAD.to_owned();
    for level in 0..100 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n"));
    }
    assert_eq!(refused(&deep), "over the limit nesting=32");
    let parts = |count: usize| {
        let parts = "--p\n\nThe ferry hit the pier.\n\n".repeat(count);
        format!("{HEAD}Content-Type: multipart/mixed; boundary=p\n\n{parts}--p--\n")
    };
    assert_eq!(refused(&parts(10_000)), "a message of more than 10000 parts");
    assert!(read(&parts(9_999)).text.ends_with("pier."));
    let nested = format!("{HEAD}Content-Type: message/rfc822\n\n").repeat(10_000);
    assert_eq!(refused(&nested), "a message without a text");
    let cut = alternatives("The ferry hit the pier.", "<p>The");
    let cut = &cut[..cut.find("<p>").unwrap() + 2];
    assert_eq!(read(cut).text, "The ferry hit the pier.");
}

proptest! {
    #[test]
    fn any_message_gives_plain_text_or_a_refusal(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "From: a <a@b>\n", "Subject: =?utf-8?q?=e4?=\n", "Content-Type: multipart/mixed; boundary=b\n", "\n", "--b\n", "--b--\n",
            "Content-Type: text/html\n", "Content-Type: text/plain; format=flowed\n", "Content-Transfer-Encoding: base64\n", "> x:\n",
            "Content-Transfer-Encoding: quoted-printable\n", "=\n", "=zz=41", "a \n", "-- \n", "(https://x)", "\u{1b}[1m\t\u{a0}", "é\r\n",
            "---- Forwarded message ----\n", "From a@b Tue Mar 4 07:15 2031\n", "Content-Type: message/rfc822\n", "<", "( http://y )",
        ]), 0..40),
        noise in prop::collection::vec(any::<u8>(), 0..9),
    ) {
        let mail = [pieces.concat().as_bytes(), &noise].concat();
        looks_like_mail(&mail);
        let limits = Limits::default();
        for read in messages(&mail, &limits).each.iter().filter_map(|one| message(one, &limits).ok()) {
            prop_assert!(read.text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", read.text);
            prop_assert!(!read.text.contains("\n\n\n") && !read.text.contains("  ") && read.text.trim() == read.text);
            let mut end = 0;
            for stretch in &read.stretches {
                prop_assert!(stretch.span.start >= end && !stretch.span.is_empty());
                prop_assert_eq!(stretch.span.trimmed(&read.text), stretch.span);
                end = stretch.span.end;
            }
            prop_assert!(end <= read.text.len());
        }
    }
}
