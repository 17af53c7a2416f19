//! Sections, and what is known of outlets.

use crate::desk::{Desk, FETCH, FILES, FOLDER, Web, an_hour_ago, feeds, item, rss};
use crate::http::Reply;
use crate::outside::{DAM, FERRY, ended, says};

const HALL: &str = "The council voted on Saturday to sell the old market hall of Brim for nine million crowns.";

#[test]
fn sections_stand_in_their_order_with_their_own_budget() {
    let sections = "[[section]]\nname = 'Town'\nfolders = ['town']\n\
                    [[section]]\nname = 'Harbour'\nfolders = ['harbour']\nsentences = 1\n";
    let desk = Desk::new(&[sections, FILES]);
    for (folder, name, text) in [("town", "hall", HALL), ("town", "dam", DAM), ("harbour", "ferry", FERRY)] {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        let article = format!("---\ntitle: On {name}\ndate: {}\n---\n\n{text}\n", an_hour_ago());
        desk.write(&format!("{folder}/{name}.md"), &article);
    }
    desk.runs_well(&[]);
    let edition = desk.latest();
    let names: Vec<&str> = edition.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(names, ["Town", "Harbour"]);
    assert_eq!(edition.sections[0].stories.len(), 2);
    assert_eq!(edition.sections[1].stories[0].digest.items.len(), 1);
    let text = desk.read("editions/latest.txt");
    assert!(text.find("Town").unwrap() < text.find("Harbour").unwrap(), "{text}");
}

#[test]
fn a_muted_outlet_is_left_out_and_counted() {
    let desk = Desk::new(&[FOLDER, "[[source]]\noutlet = 'Brim Echo'\nmute = true\n", FILES]);
    desk.article_of("Brim Echo", "hall", HALL);
    desk.article_of("Harbour Post", "ferry", FERRY);
    desk.runs_well(&[]);
    let edition = desk.latest();
    assert_eq!((edition.stories().count(), edition.status.muted), (1, 1));
    assert!(!desk.told().contains(&HALL.to_owned()));
    assert!(desk.read("editions/latest.txt").contains("1 article of a muted outlet"));
    // What was muted does not come up later.
    desk.configure(&[FOLDER, FILES]);
    desk.runs_well(&[]);
    assert_eq!(desk.editions("editions").len(), 1);
}

#[test]
fn outlets_of_a_family_are_one_voice() {
    let other = "Fourteen passengers were hurt when a ferry hit the east pier of Port Ella on Tuesday. The harbour \
                 authority said that 187 people were on board the commuter ferry.";
    let voices = |sources: &str| {
        let desk = Desk::new(&[FOLDER, sources, FILES]);
        desk.article_of("Brim Echo", "ferry", FERRY);
        desk.article_of("Ella Times", "pier", other);
        desk.runs_well(&[]);
        let edition = desk.latest();
        let stories: Vec<_> = edition.stories().map(|story| (story.articles, story.voices)).collect();
        stories
    };
    assert_eq!(voices(""), [(2, 2)]);
    let family = |outlet: &str| format!("[[source]]\noutlet = '{outlet}'\nfamily = 'Brim Media'\n");
    assert_eq!(voices(&(family("Brim Echo") + &family("Ella Times"))), [(2, 1)]);
}

#[test]
fn a_heavier_outlet_comes_first() {
    let titles = |heavy: &str| {
        let weight = format!("[[source]]\noutlet = '{heavy}'\nweight = 10\n");
        let desk = Desk::new(&["[edition]\nstories = 1\n", FOLDER, &weight, FILES]);
        desk.article_of("Brim Echo", "hall", HALL);
        desk.article_of("Harbour Post", "ferry", FERRY);
        desk.runs_well(&[]);
        let edition = desk.latest();
        let told: Vec<String> = edition.stories().map(|story| story.title.clone()).collect();
        let named: Vec<String> = edition.more.iter().map(|headline| headline.title.clone()).collect();
        (told, named)
    };
    let of = |told: &str, named: &str| (vec![format!("On {told}")], vec![format!("On {named}")]);
    assert_eq!(titles("Brim Echo"), of("hall", "ferry"));
    assert_eq!(titles("Harbour Post"), of("ferry", "hall"));
}

#[test]
fn what_is_named_and_not_told_is_not_named_again() {
    let desk = Desk::new(&["[edition]\nstories = 1\n", FOLDER, FILES]);
    desk.article("hall", HALL);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    assert_eq!(desk.latest().more.len(), 1);
    ended(&desk.run(&[]), 0);
    assert_eq!(desk.editions("editions").len(), 1);
}

#[test]
fn a_list_of_feeds_in_opml_is_read_with_its_folders() {
    let web = Web::start();
    web.gives("/ferry.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    web.gives("/dam.xml", Reply::ok(rss(&[item("dam", DAM)])));
    let outline = |path: &str| format!("<outline type=\"rss\" text=\"Wire\" xmlUrl=\"{}\"/>", web.server.url(path));
    let (ferry, dam) = (outline("/ferry.xml"), outline("/dam.xml"));
    let desk = Desk::new(&[FETCH, "[[section]]\nname = 'Web'\nopml = ['feeds.opml']\n", FILES]);
    desk.write(
        "feeds.opml",
        &format!(
            "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><head/><body>\
             <outline text=\"Coast\"><outline text=\"Harbours\">{ferry}</outline></outline>{dam}</body></opml>\n"
        ),
    );
    desk.runs_well(&[]);
    assert_eq!(desk.latest().stories().count(), 2);
    desk.write("feeds.opml", "<opml><body><outline xmlUrl='");
    says(&desk.run(&[]), 2, "feeds.opml");
}

#[test]
fn an_event_of_two_sections_is_told_once() {
    let web = Web::start();
    web.gives("/news.xml", Reply::ok(rss(&[item("ferry", FERRY)])));
    let section = feeds("Web", &[web.server.url("/news.xml")]);
    let desk = Desk::new(&[FETCH, FOLDER, &section, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    let told = desk.told();
    assert_eq!(desk.latest().stories().count(), 1, "{told:?}");
    assert!(told.iter().enumerate().all(|(index, quote)| !told[..index].contains(quote)), "{told:?}");
}
