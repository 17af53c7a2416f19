//! The fields of an answer in, what they say of the next time out.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ureq::http::HeaderMap;

/// A value of a longer field is not kept: no server needs as much to know its own version again.
const LONGEST_KEPT: usize = 4096;

/// The value of a field, verbatim.
pub(super) fn verbatim(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?;
    (!value.is_empty() && value.len() <= LONGEST_KEPT).then(|| value.to_owned())
}

/// How long a server wants to be left alone: `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let value = verbatim(headers, "retry-after")?;
    seconds(&value).or_else(|| Some(date(&value)?.duration_since(now).max(SignedDuration::ZERO)))
}

/// How long an answer holds (RFC 9111, section 4.2.1): `max-age`, less the time that it has been in the cache of
/// somebody on the way, else `Expires`.
pub(super) fn fresh_for(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let control = verbatim(headers, "cache-control").unwrap_or_default().to_ascii_lowercase();
    let mut directives = control.split(',').map(str::trim);
    if directives.clone().any(|directive| matches!(directive, "no-cache" | "no-store")) {
        return None;
    }
    let max_age = directives.find_map(|directive| seconds(directive.strip_prefix("max-age=")?.trim_matches('"')));
    if let Some(max_age) = max_age {
        let age = verbatim(headers, "age").and_then(|age| seconds(&age)).unwrap_or_default();
        return Some(max_age.saturating_sub(age).max(SignedDuration::ZERO));
    }
    let sent = verbatim(headers, "date").and_then(|sent| date(&sent)).unwrap_or(now);
    let expires = date(&verbatim(headers, "expires")?)?;
    Some(expires.duration_since(sent).max(SignedDuration::ZERO))
}

/// A number of seconds; one with too many digits is as long as can be.
fn seconds(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| SignedDuration::from_secs(text.parse().unwrap_or(i64::MAX)))
}

/// A date in any of the three ways that HTTP has had (RFC 9110, section 5.6.7). A wrong weekday does not count: it says
/// nothing that the date does not.
fn date(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    const OLD: [&str; 2] = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    let text = text.trim();
    let by_old_way = |way: &&str| {
        let moment = strtime::parse(way, text).ok()?.to_datetime().ok()?;
        moment.to_zoned(TimeZone::UTC).ok().map(|moment| moment.timestamp())
    };
    PARSER.parse_timestamp(text).ok().or_else(|| OLD.iter().find_map(by_old_way))
}

#[cfg(test)]
mod tests {
    use ureq::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let field = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        fields.iter().map(field).collect()
    }

    fn now() -> Timestamp {
        "1994-11-06T08:49:37Z".parse().unwrap()
    }

    #[test]
    fn the_three_kinds_of_dates_are_read() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(date(text), Some(now()), "{text}");
        }
        assert_eq!(date("tomorrow"), None);
    }

    #[test]
    fn a_rest_is_given_in_seconds_or_as_a_date() {
        let rest = |value| retry_after(&headers(&[("retry-after", value)]), now()).map(|rest| rest.as_secs());
        assert_eq!(rest("120"), Some(120));
        assert_eq!(rest("Sun, 06 Nov 1994 09:49:37 GMT"), Some(3600));
        assert_eq!(rest("Sun, 06 Nov 1993 09:49:37 GMT"), Some(0));
        assert_eq!(rest("99999999999999999999999"), Some(i64::MAX));
        assert_eq!((rest("soon"), rest("-5"), rest("")), (None, None, None));
    }

    #[test]
    fn an_answer_holds_as_long_as_its_fields_say() {
        let holds = |fields| fresh_for(&headers(fields), now()).map(|holds| holds.as_secs());
        assert_eq!(holds(&[("cache-control", "public, Max-Age=600")]), Some(600));
        assert_eq!(holds(&[("cache-control", "max-age=600"), ("age", "580")]), Some(20));
        assert_eq!(holds(&[("cache-control", "max-age=600"), ("age", "900")]), Some(0));
        assert_eq!(holds(&[("cache-control", "no-cache, max-age=600")]), None);
        assert_eq!(holds(&[("expires", "Sun, 06 Nov 1994 08:59:37 GMT")]), Some(600));
        let both = [("date", "Sun, 06 Nov 1994 08:50:37 GMT"), ("expires", "Sun, 06 Nov 1994 08:59:37 GMT")];
        assert_eq!(holds(&both), Some(540));
        assert_eq!(holds(&[("expires", "0")]), None);
        assert_eq!(holds(&[]), None);
    }

    #[test]
    fn a_version_is_kept_verbatim_unless_it_is_endless() {
        let kept = verbatim(&headers(&[("etag", "W/\"a b\"  ")]), "etag");
        assert_eq!(kept.as_deref().map(str::trim_end), Some("W/\"a b\""));
        let mut long = HeaderMap::new();
        long.insert("etag", HeaderValue::from_str(&"x".repeat(LONGEST_KEPT + 1)).unwrap());
        assert_eq!(verbatim(&long, "etag"), None);
    }
}
