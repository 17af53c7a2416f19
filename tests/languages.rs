//! Stories in languages without spaces between words, and stories in several languages, from outside.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

mod outside;
use outside::{epitome, says, stderr, stdout};

/// An agency's report with date and source above it, a caption in it and the editor below.
const AGENCY: &str = "渡轮撞上埃拉港东码头 十二人受伤

2031年3月4日 11:20 来源：新华社

新华社埃拉港3月4日电（记者 王明 李静）4日上午7时许，一艘载有187人的渡轮在大雾中撞上埃拉港东码头，造成12人受伤。码头随即关闭。

港务局局长霍尔姆在新闻发布会上说，渡轮由诺兰航运公司运营，事发时正从莫尔岛驶来。

图为4日上午停靠在东码头的受损渡轮。（新华社记者 王明 摄）

埃拉港是诺兰最大的港口，每年有600万名旅客从这里出发。码头预计将关闭至周末，期间渡轮改停西码头。

（编辑：张华）
";

/// A local paper's, a paragraph a line.
const PAPER: &str = "埃拉港渡轮事故致12人受伤 雷达疑失灵
港口日报
2031-03-04
本报讯 记者陈晓报道：载有187人的渡轮昨日早晨撞上埃拉港东码头，12人受伤，其中两人伤势较重。
目击者刘先生告诉记者：“我听到一声巨响。所有人都倒在了甲板上。”
海事调查局初步认为，渡轮的雷达在事发前约10分钟失灵。
责任编辑：赵丽
版权所有 港口日报 未经许可不得转载
";

/// In Japanese, wrapped, with the place and the agency in brackets.
const JAPANESE: &str = "フェリーが岸壁に衝突、12人けが　エラ港

令和13年3月4日　港新聞夕刊

【エラ港共同】4日午前7時ごろ、エラ港の東埠頭に、乗客ら
187人を乗せたフェリーが衝突し、12人がけがをした。港湾局に
よると、当時は濃い霧が出ており、見通しは100メートル未満
だった。局長は記者会見で「レーダーがなぜ警報を出さなかった
のか調べる。原因は分からない」と述べた。

衝突して船首が壊れたフェリー＝4日午前、エラ港（共同）
";

const THAI: &str = "เรือเฟอร์รี่ชนท่าเรือเอลลา เจ็บ 12 คน

วันที่ 4 มีนาคม 2574 เวลา 11.20 น.

เมื่อเวลา 07.00 น. วันที่ 4 มี.ค. เรือเฟอร์รี่ซึ่งบรรทุกผู้โดยสาร 187 คน ชนท่าเรือตะวันออกของเมืองเอลลาท่ามกลางหมอกหนา ทำให้มีผู้ได้รับบาดเจ็บ 12 คน \
ทั้งนี้ เจ้าหน้าที่ได้ปิดท่าเรือทันที

ภาพ: สมหญิง รักดี
";

const ENGLISH: &str =
    "The ferry struck the east pier at Port Ella in thick fog on Tuesday, and twelve of the 187 people on board were \
hurt, the harbour office said. The office closed the east pier until the end of the week.
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn inspected(text: &str) -> Value {
    let folder = folder(&[("a.txt", text)]);
    let output = epitome(folder.path(), &["inspect", "a.txt", "--format", "json"]);
    serde_json::from_str::<Value>(stdout(&output)).unwrap()["articles"][0].clone()
}

/// The kinds of the blocks of an article, in order.
fn kinds(article: &Value) -> Vec<&str> {
    article["blocks"].as_array().unwrap().iter().map(|block| block["kind"].as_str().unwrap()).collect()
}

/// A fact that an article gives about itself.
fn fact<'a>(article: &'a Value, name: &str) -> &'a str {
    article["metadata"][name]["value"].as_str().unwrap_or_default()
}

#[test]
fn reports_in_chinese_are_parted_from_what_stands_around_them() {
    let article = inspected(AGENCY);
    assert_eq!(article["language"], "zh");
    let expected = ["headline", "dateline", "dateline", "prose", "prose", "caption", "prose", "byline"];
    assert_eq!(kinds(&article), expected);
    for (name, value) in [
        ("title", "渡轮撞上埃拉港东码头 十二人受伤"),
        ("publisher", "新华社"),
        ("agency", "新华社"),
        ("place", "埃拉港"),
        ("byline", "王明 李静"),
        ("published", "2031-03-04T11:20"),
    ] {
        assert_eq!(fact(&article, name), value, "{name}");
    }
    let article = inspected(PAPER);
    let expected = ["headline", "label", "dateline", "dateline", "prose", "prose", "prose", "byline", "notice"];
    assert_eq!(kinds(&article), expected);
    assert_eq!((fact(&article, "publisher"), fact(&article, "byline")), ("港口日报", "陈晓"));
    let sentences = article["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 3, "a quotation is not parted");
}

#[test]
fn reports_in_japanese_and_thai_are_too() {
    let article = inspected(JAPANESE);
    assert_eq!(article["language"], "ja");
    assert_eq!(kinds(&article), ["headline", "dateline", "dateline", "prose", "caption"]);
    assert_eq!((fact(&article, "published"), fact(&article, "agency")), ("2031-03-04", "共同"));
    assert_eq!(article["sentences"].as_array().unwrap().len(), 3);
    let article = inspected(THAI);
    assert_eq!(article["language"], "th");
    assert_eq!(kinds(&article), ["headline", "dateline", "prose", "caption"]);
    assert_eq!(fact(&article, "published"), "2031-03-04");
    assert_eq!(article["sentences"].as_array().unwrap().len(), 2);
}

#[test]
#[cfg(feature = "unspaced")]
fn the_budget_of_chinese_is_in_words_of_the_segmenter() {
    let folder = folder(&[("a.txt", AGENCY), ("b.txt", PAPER)]);
    let output = epitome(folder.path(), &["digest", "a.txt", "b.txt", "--words", "60", "--format", "markdown"]);
    says(&output, 0, "");
    let words = stdout(&output).lines().find_map(|line| line.strip_prefix("words: ")).unwrap();
    assert!((30..=60).contains(&words.parse::<usize>().unwrap()), "{words}");
}

#[test]
fn wrapped_lines_of_japanese_are_shown_without_spaces() {
    let folder = folder(&[("a.txt", JAPANESE)]);
    let output = epitome(folder.path(), &["digest", "a.txt", "--words", "40"]);
    assert!(
        stdout(&output).starts_with("4日午前7時ごろ、エラ港の東埠頭に、乗客ら187人を乗せた"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn each_language_has_a_digest_that_verify_reads() {
    let files = [
        ("a.txt", AGENCY),
        ("b.txt", PAPER),
        ("e.txt", ENGLISH),
        ("j.txt", JAPANESE),
        ("t.txt", THAI),
        ("x.txt", "Menu\n"),
    ];
    let folder = folder(&files);
    let digest = |format: &str, to: &str| {
        let output = epitome(folder.path(), &["digest", ".", "--each-language", "--format", format, "-o", to]);
        says(&output, 3, "x.txt: no running text in it");
        assert!(!stderr(&output).contains("most of the input"), "{}", stderr(&output));
        fs::read_to_string(folder.path().join(to)).unwrap()
    };
    let json = digest("json", "d.json");
    let languages: Vec<Value> =
        json.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["language"].clone()).collect();
    assert_eq!(languages[0], "zh");
    assert_eq!(languages.len(), 4);
    says(&epitome(folder.path(), &["verify", "d.json"]), 0, "");
    // The result of an earlier run is replaced.
    digest("json", "d.json");
    let text = digest("text", "d.txt");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("== ")).collect();
    assert_eq!(headings.len(), 4);
    assert_eq!(headings[0], "== Chinese ==");
    // And it is no article.
    digest("text", "d2.txt");
    assert!(digest("markdown", "d.md").contains("\n# Chinese\n"));
}

#[test]
fn each_language_is_refused_where_it_makes_no_sense() {
    let folder = folder(&[("e.txt", ENGLISH)]);
    says(
        &epitome(folder.path(), &["digest", "--each-language", "--jsonl", "e.txt"]),
        2,
        "cannot be used with '--jsonl'",
    );
    let output = epitome(folder.path(), &["digest", "--each-language", "--lang", "en", "e.txt"]);
    says(&output, 2, "cannot be used with '--lang");
    let output = epitome(folder.path(), &["digest", "--each-language", "e.txt", "--words", "30"]);
    assert!(stdout(&output).starts_with("== English ==\n\nThe ferry struck"));
}
