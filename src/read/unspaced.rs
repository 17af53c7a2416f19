//! A line of Chinese, Japanese or Thai in, what its words and marks tell of it out.
//!
//! What the rules for other languages go by, capitals and the number of words, is not there to be had. Lines of a page have
//! words of their own instead (`图为`, `記者`, `関連記事`), agencies open a report with a formula that names place, day and
//! reporter (`新华社埃拉港3月4日电（记者 王明）`, `【エラ港共同】`), and dates have signs for year, month and day, with the eras of
//! Japan or the years of the Buddha, which are 543 ahead.
//!
//! Another word is an entry of a table.

use jiff::civil::Date;

use super::shape::{ends_like_a_sentence, letters_without_spaces};
use crate::date::Moment;
use crate::language::{is_southeast_asian, is_unspaced};
use crate::model::{BlockKind, Cue, Span, head};

/// How lines open that are not of the article, and how many letters they have at most.
#[rustfmt::skip]
const OPENERS: &[(BlockKind, usize, &[&str])] = &[
    (BlockKind::Caption, 120, &[
        "图为", "圖為", "图：", "圖：", "图/", "圖/", "图／", "圖／", "（图", "（圖", "▲", "△", "▼", "资料图", "資料圖", "資料照", "写真＝", "写真：", "【写真", "（写真", "[写真", "ภาพ:", "ภาพ :", "ขอบคุณภาพ", "เครดิตภาพ",
    ]),
    (BlockKind::Byline, 24, &[
        "记者", "記者", "本报记者", "本報記者", "新华社记者", "文／", "文/", "文：", "作者", "撰文", "编辑：", "编辑:", "編輯：", "編輯:", "责任编辑", "責任編輯", "责编", "責編", "（编辑", "（編輯", "（责任编辑", "（記者", "（记者", "（責任編輯", "取材", "文・", "執筆",
        "ผู้สื่อข่าว:", "โดย:", "โดย :", "เรื่อง:", "เขียนโดย", "ข่าวโดย",
    ]),
    (BlockKind::Teaser, 60, &[
        "更多新闻", "更多新聞", "相关新闻", "相關新聞", "相关阅读", "延伸阅读", "延伸閱讀", "推荐阅读", "推薦閱讀", "相关报道", "相關報導", "点击查看", "点击阅读", "阅读原文", "関連記事", "関連ニュース", "【関連", "あわせて読みたい", "続きを読む", "もっと見る",
        "อ่านข่าว", "อ่านเพิ่มเติม", "อ่านต่อ", "อ่านรายละเอียด", "ข่าวที่เกี่ยวข้อง",
    ]),
    (BlockKind::Notice, 80, &["版权所有", "版權所有", "未经许可", "未經許可", "免责声明", "著作権", "無断転載", "สงวนลิขสิทธิ์", "ลิขสิทธิ์"]),
    (BlockKind::Subscription, 60, &["扫码", "扫描二维码", "掃描", "关注我们", "订阅", "訂閱", "下载客户端", "会員登録", "会員限定", "この記事は有料", "ติดตามข่าว", "กดติดตาม"]),
];

/// What a short line has anywhere that is a notice of rights.
const RIGHTS: &[&str] = &["不得转载", "不得轉載", "無断転載", "ห้ามเผยแพร่"];

/// What the bracket has that a caption ends in.
const CREDITS: &[&str] = &["摄", "攝", "图", "圖", "撮影", "写真", "提供", "ภาพ"];

/// A line of date and place has at most so many letters beside the date.
const DATE_LINE_LETTERS: usize = 16;

/// What a line is by its words, if they tell.
pub(super) fn by_words(line: &str) -> Option<(BlockKind, Cue)> {
    /// Longer lines are text.
    const LONGEST: usize = 120;
    const LONGEST_BYTES: usize = 4 * LONGEST;
    if line.len() > LONGEST_BYTES {
        return None;
    }
    let letters = letters_without_spaces(line);
    if letters == 0 || letters > LONGEST {
        return None;
    }
    // In Thai a full stop is an abbreviation's: `11.20 น.`
    let abbreviated =
        line.trim_end_matches('.').len() < line.len() && line.trim_end_matches('.').ends_with(is_southeast_asian);
    let finished = ends_like_a_sentence(line) && !abbreviated;
    // A sentence that opens with these words is told, unless they belong to a picture.
    let opens = |kind: BlockKind, longest: usize, words: &[&str]| {
        letters <= longest
            && (!finished || line.ends_with(['）', ')']) || kind != BlockKind::Byline)
            && words.iter().any(|word| line.starts_with(word))
    };
    if let Some((kind, _, _)) = OPENERS.iter().find(|(kind, longest, words)| opens(*kind, *longest, words)) {
        return Some((*kind, Cue::Words));
    }
    if letters <= 40 && RIGHTS.iter().any(|word| line.contains(word)) {
        return Some((BlockKind::Notice, Cue::Words));
    }
    if is_captioned(line) {
        return Some((BlockKind::Caption, Cue::Credit));
    }
    if is_name_in_brackets(line) {
        return Some((BlockKind::Byline, Cue::Words));
    }
    let dated = || dates(line).first().map(|(span, _)| letters_without_spaces(span.of(line)));
    let date_line = !finished && dated().is_some_and(|of_date| letters <= of_date + DATE_LINE_LETTERS);
    date_line.then_some((BlockKind::Dateline, Cue::Date))
}

/// Whether a line ends in the credit of a picture in brackets, `（新华社记者 王明 摄）`, or as captions of Japan do in place and
/// day behind a sign, `＝4日午前、エラ港（共同）`.
fn is_captioned(line: &str) -> bool {
    /// What stands behind the sign has at most so many characters.
    const LONGEST_END: usize = 30;
    /// A credit names somebody.
    const FEWEST_CHARACTERS: usize = 3;
    /// It has at most so many bytes.
    const LONGEST_CREDIT: usize = 90;
    let bracket = line.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '(']));
    let credited = bracket.is_some_and(|(_, inner)| {
        // `（图）` behind a headline says that there are pictures.
        let named = inner.chars().count() >= FEWEST_CHARACTERS;
        named
            && inner.len() <= LONGEST_CREDIT
            && CREDITS.iter().any(|word| inner.contains(word))
            && !inner.contains('。')
    });
    let placed = || {
        line.rsplit_once('＝').is_some_and(|(front, end)| {
            !front.is_empty() && end.chars().count() <= LONGEST_END && !end.contains('。') && !front.contains('。')
        })
    };
    credited || placed()
}

/// `（山田花子）`
fn is_name_in_brackets(line: &str) -> bool {
    let inner = line.strip_prefix('（').and_then(|inner| inner.strip_suffix('）'));
    inner.is_some_and(|name| {
        (2..=8).contains(&name.chars().count()) && name.chars().all(|c| is_unspaced(c) || c == '　')
    })
}

/// News agencies and what papers call themselves in the formula at the beginning of a report.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "新华社", "新華社", "中新社", "中新网", "中央社", "路透社", "法新社", "美联社", "美聯社", "韩联社", "韓聯社", "共同社", "共同", "時事", "ロイター", "朝日新聞", "本报", "本報",
];

/// What the formula ends in, behind the day or the name of the agency.
const WIRED: &[&str] = &["日电", "日電", "日讯", "日訊", "本报讯", "本報訊", "本报综合"];

/// What a bracket has that is the formula.
const OF_BRACKET: &[&str] =
    &["记者", "記者", "报道", "報導", "報道", "共同", "時事", "ロイター", "AFP", "电", "電", "讯", "訊", "＝", "="];

/// The formula has at most so many bytes.
const LONGEST_FORMULA: usize = 120;

/// How much of a paragraph is the formula that an agency opens a report with, in bytes; nothing if it has none.
pub(super) fn dateline_length(paragraph: &str) -> Option<usize> {
    let opening = head(paragraph, LONGEST_FORMULA);
    let mut end = bracket_length(opening).or_else(|| wire_length(opening))?;
    let rest = opening[end..].trim_start();
    if let Some(length) = bracket_length(rest).or_else(|| reporter_length(rest)) {
        end = opening.len() - rest.len() + length;
    }
    let parts = |c: char| c.is_whitespace() || matches!(c, '：' | ':' | '，');
    let rest = paragraph[end..].trim_start_matches(parts);
    (!rest.is_empty()).then(|| paragraph.len() - rest.len())
}

/// `【エラ港共同】`, `（记者 王明）`
fn bracket_length(text: &str) -> Option<usize> {
    let (inner, behind) = text.strip_prefix(['【', '（', '('])?.split_once(['】', '）', ')'])?;
    OF_BRACKET.iter().any(|word| inner.contains(word)).then(|| text.len() - behind.len())
}

/// `新华社埃拉港3月4日电`. The wire belongs to a day: `每日电讯报` is a newspaper.
fn wire_length(text: &str) -> Option<usize> {
    let clause = text.split(['。', '，', '、', '「', '“']).next().unwrap_or_default();
    let ends = WIRED.iter().filter_map(|word| {
        let at = clause.find(word)?;
        let of_day = !word.starts_with('日') || clause[..at].ends_with(char::is_numeric);
        of_day.then_some(at + word.len())
    });
    ends.min()
}

/// `记者陈晓报道` in front of a colon.
fn reporter_length(text: &str) -> Option<usize> {
    let (front, _) = text.split_once('：')?;
    let opens = ["记者", "記者"].iter().any(|word| front.starts_with(word));
    let ends = ["报道", "報導", "報道"].iter().any(|word| front.ends_with(word));
    (opens && ends).then_some(front.len())
}

/// What the formula names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Formula<'t> {
    pub agency: Option<&'t str>,
    pub place: Option<&'t str>,
    pub writer: Option<&'t str>,
}

/// Reads the formula, if a line is of Chinese or Japanese.
pub(super) fn formula(line: &str) -> Option<Formula<'_>> {
    if letters_without_spaces(line) == 0 {
        return None;
    }
    let is_own = |name: &str| matches!(name, "本报" | "本報");
    let found = AGENCIES.iter().find_map(|name| line.find(name).map(|at| Span::new(at, at + name.len())));
    let agency = found.map(|span| span.of(line)).filter(|name| !is_own(name));
    let writer = ["记者", "記者"].iter().find_map(|word| line.split_once(word)).and_then(|(_, rest)| writer(rest));
    // `【エラ港共同】` in front of the agency, `新华社埃拉港3月4日电` behind it and before the day.
    let place = found.and_then(|span| {
        let front = line[..span.start].trim_start_matches(['【', '（', '(']);
        let behind =
            line[span.end..].split(|c: char| c.is_numeric() || matches!(c, '电' | '電' | '讯' | '訊' | '】' | '）'));
        let behind = behind.into_iter().next().unwrap_or_default();
        [front, behind].into_iter().find(|part| {
            (2..=10).contains(&part.chars().count()) && part.chars().all(is_unspaced) && !part.contains(['记', '記'])
        })
    });
    Some(Formula { agency, place, writer })
}

/// The writer of a line that opens with an office (`记者`) or stands in brackets.
pub(super) fn writer_of(line: &str) -> Option<&str> {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '）' | '(' | ')' | '【' | '】'));
    let offices =
        OPENERS.iter().filter(|(kind, _, _)| *kind == BlockKind::Byline).flat_map(|(_, _, words)| words.iter());
    // An editor is no writer.
    if ["编", "編", "责", "責"].iter().any(|word| bare.starts_with(word)) {
        return None;
    }
    let rest = offices.filter_map(|office| bare.strip_prefix(office)).min_by_key(|rest| rest.len()).unwrap_or(bare);
    writer(rest)
}

/// A name, up to the mark or the word behind it.
fn writer(text: &str) -> Option<&str> {
    /// A name has at most so many bytes.
    const LONGEST: usize = 60;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':' | '／' | '/' | '・'));
    let text = text.split(['）', ')', '】', '／', '/', '，', '、', '：', '。', '|', '｜']).next()?;
    let text = ["报道", "報導", "報道"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    ((2..=LONGEST).contains(&text.len()) && !text.contains(|c: char| c.is_numeric())).then_some(text)
}

/// The outlet that a line names: `来源：新华社`, `港口日报`.
pub(super) fn outlet(line: &str) -> Option<&str> {
    const SOURCES: &[&str] = &["来源：", "来源:", "來源：", "來源:", "出典：", "ที่มา:", "ที่มา :"];
    const ENDS: &[&str] =
        &["日报", "日報", "晚报", "晚報", "新闻", "新聞", "时报", "時報", "周刊", "週刊", "通信", "通讯社", "新聞社"];
    const LONGEST: usize = 10;
    let named = SOURCES.iter().find_map(|word| line.split_once(word)).map(|(_, name)| name);
    let named = named.and_then(|name| name.split_whitespace().next());
    let sounding = || {
        let short = (3..=LONGEST).contains(&line.chars().count()) && line.chars().all(is_unspaced);
        (short && ENDS.iter().any(|end| line.ends_with(end))).then_some(line)
    };
    named.or_else(sounding).filter(|name| !name.is_empty())
}

/// The eras of Japan and the years before their first.
const ERAS: &[(&str, i16)] = &[("令和", 2018), ("平成", 1988), ("昭和", 1925)];

/// How far the years of the Buddha are ahead.
const BUDDHIST: i16 = 543;

/// The names of months in Thai, and their short forms.
#[rustfmt::skip]
const THAI_MONTHS: [[&str; 2]; 12] = [
    ["มกราคม", "ม.ค."], ["กุมภาพันธ์", "ก.พ."], ["มีนาคม", "มี.ค."], ["เมษายน", "เม.ย."], ["พฤษภาคม", "พ.ค."], ["มิถุนายน", "มิ.ย."],
    ["กรกฎาคม", "ก.ค."], ["สิงหาคม", "ส.ค."], ["กันยายน", "ก.ย."], ["ตุลาคม", "ต.ค."], ["พฤศจิกายน", "พ.ย."], ["ธันวาคม", "ธ.ค."],
];

/// The dates of a line with year, month and day, in order: `令和13年3月4日`, `２０３１年３月４日`, `4 มีนาคม 2574`, `4 มี.ค. 74`.
pub(super) fn dates(line: &str) -> Vec<(Span, Moment)> {
    if letters_without_spaces(line) == 0 {
        return Vec::new();
    }
    let mut found: Vec<(Span, Date)> = line.match_indices('年').filter_map(|(at, _)| by_signs(line, at)).collect();
    for (month, names) in (1..).zip(THAI_MONTHS) {
        let named = names.iter().flat_map(|name| line.match_indices(name));
        found.extend(named.filter_map(|(at, name)| thai(line, Span::new(at, at + name.len()), month)));
    }
    found.sort_by_key(|(span, _)| (span.start, span.end));
    found.into_iter().map(|(span, date)| (span, Moment::day(date))).collect()
}

/// The date around the sign for its year, which stands at `at`.
fn by_signs(line: &str, at: usize) -> Option<(Span, Date)> {
    let (year, mut start) = number_before(line, at)?;
    let era = ERAS.iter().find(|(era, _)| line[..start].ends_with(era));
    let year = match era {
        Some((era, before)) => {
            start -= era.len();
            year + before
        }
        None => year,
    };
    let (month, end) = number_behind(line, at + '年'.len_utf8(), '月')?;
    let (day, end) = number_behind(line, end, '日')?;
    Some((Span::new(start, end), valid(year, month, day)?))
}

/// The date around the name of a month in Thai.
fn thai(line: &str, name: Span, month: i16) -> Option<(Span, Date)> {
    let (day, start) = number_before(line, line[..name.start].trim_end().len())?;
    let behind = line[name.end..].trim_start().trim_start_matches("พ.ศ.").trim_start_matches("ปี").trim_start();
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let end = line.len() - behind.len() + digits;
    let year: i16 = behind[..digits].parse().ok()?;
    let year = match digits {
        4 if year > 2300 => year - BUDDHIST,
        4 => year,
        // `74` is 2574 of the Buddha.
        2 => 2500 + year - BUDDHIST,
        _ => return None,
    };
    Some((Span::new(start, end), valid(year, month, day)?))
}

/// The number that ends at a byte, in digits of either width, and where it begins. The first year of an era is `元`.
fn number_before(line: &str, end: usize) -> Option<(i16, usize)> {
    let front = &line[..end];
    if front.ends_with('元') {
        return Some((1, end - '元'.len_utf8()));
    }
    let start = front.char_indices().rev().take_while(|(_, c)| digit(*c).is_some()).map(|(at, _)| at).last()?;
    Some((number(&front[start..])?, start))
}

/// The number at a byte with a sign behind it, and where that ends.
fn number_behind(line: &str, start: usize, sign: char) -> Option<(i16, usize)> {
    /// Four wide digits with blanks around, and the sign.
    const WITHIN: usize = 24;
    let (digits, _) = head(line.get(start..)?, WITHIN).split_once(sign)?;
    Some((number(digits.trim())?, start + digits.len() + sign.len_utf8()))
}

fn number(digits: &str) -> Option<i16> {
    const MOST_DIGITS: usize = 4;
    let count = digits.chars().take(MOST_DIGITS + 1).count();
    if !(1..=MOST_DIGITS).contains(&count) {
        return None;
    }
    digits.chars().try_fold(0, |number, c| Some(10 * number + digit(c)?))
}

fn digit(c: char) -> Option<i16> {
    let full = match c {
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => c.to_digit(10)?,
    };
    i16::try_from(full).ok()
}

fn valid(year: i16, month: i16, day: i16) -> Option<Date> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1800..=2199).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page_are_told_by_their_words() {
        use BlockKind::*;
        let cases = [
            (Caption, "图为4日上午停靠在东码头的渡轮。（新华社记者 王明 摄）"),
            (Caption, "▲受損的渡輪停靠在東碼頭。（圖／林美玲攝）"),
            (Caption, "衝突して船首が壊れたフェリー＝4日午前、エラ港（共同）"),
            (Caption, "ภาพ: สมหญิง รักดี"),
            (Byline, "记者 王明"),
            (Byline, "（编辑：张华）"),
            (Byline, "（山田花子）"),
            (Teaser, "関連記事"),
            (Teaser, "อ่านข่าวเพิ่มเติม: ขยายท่าเรือ"),
            (Notice, "版权所有 港口日报 未经许可不得转载"),
            (Dateline, "2031年3月4日 11:20 来源：新华社"),
            (Dateline, "令和13年3月5日　港新聞朝刊"),
            (Dateline, "วันที่ 4 มีนาคม 2574 เวลา 11.20 น."),
        ];
        for (kind, line) in cases {
            assert_eq!(by_words(line).map(|(kind, _)| kind), Some(kind), "{line}");
        }
        for line in [
            "记者从港务局了解到，码头将关闭到周末。",
            "渡轮撞上埃拉港东码头 十二人受伤",
            "渡轮撞上埃拉港东码头（图）",
            "2031年3月4日，一艘渡轮撞上了埃拉港的东码头。",
            "The ferry hit the pier.",
            "",
        ] {
            assert_eq!(by_words(line), None, "{line}");
        }
    }

    #[test]
    fn agencies_open_a_report_with_place_day_and_reporter() {
        let cases = [
            (
                "新华社埃拉港3月4日电（记者 王明 李静）4日上午，渡轮受损。",
                "4日上午，渡轮受损。",
                "新华社",
                "埃拉港",
                "王明 李静",
            ),
            ("【エラ港共同】4日午前、船が衝突した。", "4日午前、船が衝突した。", "共同", "エラ港", ""),
            ("【記者林美玲／埃拉港報導】埃拉港昨天發生意外。", "埃拉港昨天發生意外。", "", "", "林美玲"),
            ("本报讯 记者陈晓报道：渡轮昨日撞上码头。", "渡轮昨日撞上码头。", "", "", "陈晓"),
            ("（中央社記者王明台北4日電）渡輪撞上碼頭。", "渡輪撞上碼頭。", "中央社", "", ""),
        ];
        for (paragraph, rest, agency, place, writer) in cases {
            let length = dateline_length(paragraph).unwrap_or(0);
            assert_eq!(&paragraph[length..], rest);
            let found = formula(&paragraph[..length]).unwrap();
            assert_eq!(found.agency.unwrap_or_default(), agency, "{paragraph}");
            assert_eq!(found.place.unwrap_or_default(), place, "{paragraph}");
            assert_eq!(found.writer.unwrap_or_default(), writer, "{paragraph}");
        }
        for paragraph in [
            "渡轮昨日撞上码头。新华社4日电。",
            "《每日电讯报》报道渡轮撞上码头。",
            "（笑）船長は言った。",
            "The ferry hit.",
            "",
        ] {
            assert_eq!(dateline_length(paragraph), None, "{paragraph}");
        }
    }

    #[test]
    fn dates_have_signs_eras_and_years_of_the_buddha() {
        for line in [
            "2031年3月4日 11:20",
            "２０３１年３月４日",
            "令和13年3月4日",
            "4 มีนาคม 2574",
            "4 มี.ค. 74",
            "วันที่ 4 มีนาคม พ.ศ. 2574",
        ] {
            let days: Vec<String> = dates(line).iter().map(|(_, moment)| moment.date.to_string()).collect();
            assert_eq!(days, ["2031-03-04"], "{line}");
        }
        assert!(dates("3月4日").is_empty() && dates("2031年13月4日").is_empty() && dates("เดือนมีนาคม 2574").is_empty());
    }

    #[test]
    fn outlets_are_named_behind_their_word_or_sound_like_one() {
        assert_eq!(outlet("2031年3月4日 来源：新华社"), Some("新华社"));
        assert_eq!(outlet("港口日报"), Some("港口日报"));
        assert_eq!(outlet("渡轮撞上埃拉港东码头"), None);
    }
}
