//! A feed in, how long it holds by its own word out: `<ttl>` of RSS 2.0, or how often it is updated by the module
//! Syndication of RSS 1.0.

use memchr::memmem::find;

/// What a feed says of itself stands in front of its first entry, and so near its beginning.
const LOOKED_AT: usize = 32 << 10;

/// For so many minutes a feed need not be asked for again.
pub fn ttl(feed: &[u8]) -> Option<u32> {
    let head = &feed[..feed.len().min(LOOKED_AT)];
    let end = [&b"<item"[..], b"<entry"].iter().filter_map(|entry| find(head, entry)).min();
    let head = &head[..end.unwrap_or(head.len())];
    if let Some(minutes) = content(head, "ttl").and_then(|minutes| minutes.parse().ok()) {
        return Some(minutes);
    }
    let minutes: u32 = match content(head, "sy:updatePeriod")? {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    };
    let frequency = content(head, "sy:updateFrequency").and_then(|times| times.parse().ok()).unwrap_or(1);
    minutes.checked_div(frequency)
}

/// The text of the first element of that name, if it has no attributes.
fn content<'f>(head: &'f [u8], name: &str) -> Option<&'f str> {
    let start = format!("<{name}>");
    let rest = &head[find(head, start.as_bytes())? + start.len()..];
    Some(std::str::from_utf8(&rest[..find(rest, b"<")?]).ok()?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_says_how_long_it_holds() {
        assert_eq!(ttl(b"<rss><channel><ttl> 90 </ttl><item>"), Some(90));
        let sy = |period: &str, frequency: &str| {
            ttl(format!("<rss><sy:updatePeriod>\n\t{period}\t</sy:updatePeriod>{frequency}<item>").as_bytes())
        };
        assert_eq!(sy("daily", ""), Some(1440));
        assert_eq!(sy("hourly", "<sy:updateFrequency>2</sy:updateFrequency>"), Some(30));
        assert_eq!(sy("hourly", "<sy:updateFrequency>0</sy:updateFrequency>"), None);
        assert_eq!(sy("often", ""), None);
        assert_eq!(ttl(b"<rss><item><ttl>5</ttl></item>"), None);
        assert_eq!(ttl(b"<ttl>-3</ttl>"), None);
        assert_eq!(ttl(b"<ttl>5"), None);
    }
}
