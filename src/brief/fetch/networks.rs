//! An address of the internet in, whether it is one of the local network out.
//!
//! A server outside may send a reader anywhere by a redirect, and a name may mean any address by the time it is looked
//! up. What a machine can reach that strangers cannot (itself, the router, a printer, the data service of a cloud) must
//! not be asked on behalf of a stranger. Addresses are held against the registries of special purposes (RFC 6890 and
//! the lists of IANA that it began).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is not one of a host of the public internet.
pub(super) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => is_local_v6(address),
    }
}

fn is_local_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    match a {
        // This network, private use, loopback, and all from multicast on.
        0 | 10 | 127 | 224.. => true,
        // Shared by the customers of a provider (RFC 6598).
        100 => (64..128).contains(&b),
        // Link-local: data services of clouds among them.
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => matches!((b, c), (168, _) | (0, 0 | 2) | (88, 99)),
        // Measurements, examples.
        198 => matches!((b, c), (18 | 19, _) | (51, 100)),
        203 => (b, c) == (0, 113),
        _ => false,
    }
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_local_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Unspecified, loopback, and IPv4 in IPv6, mapped or compatible.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] => embedded(high, low),
        // Translated (RFC 6052): to the world, and to a network of one's own.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x64, 0xff9b, ..] => true,
        // 6to4; Teredo, examples.
        [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, 0 | 0xdb8, ..] => true,
        // Only addresses of this block are given to hosts of the internet: what is unique-local, link-local, site-local
        // or multicast is outside of it.
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

/// Whether a host is of the local network by what it is called. Somebody who writes such a name into a configuration
/// knows; behind any other one an inner address is not expected.
pub(super) fn is_named_local(host: &str) -> bool {
    // RFC 6761 and 6762 for the first two, RFC 8375 for homes, the root zone's reserved name for all else.
    const ENDINGS: [&str; 6] = [".localhost", ".local", ".home.arpa", ".internal", ".lan", ".intranet"];
    !host.contains('.') || is_literal(host) || ENDINGS.iter().any(|ending| host.ends_with(ending))
}

/// The address that a host is written as.
pub(super) fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

fn is_literal(host: &str) -> bool {
    literal(host).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_cannot_reach_is_local() {
        let local = "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.168.0.1 \
                     192.0.2.1 198.18.0.1 203.0.113.9 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 \
                     ::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1::1 2001:db8::1 2001::1 fc00::1 fd12::1 fe80::1 \
                     fec0::1 ff02::1";
        for address in local.split_whitespace() {
            assert!(is_local(address.parse().unwrap()), "{address}");
        }
        let public = "1.1.1.1 9.9.9.9 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 192.169.1.1 223.255.255.1 \
                      ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1 2606:4700::1111 2a00:1450::1";
        for address in public.split_whitespace() {
            assert!(!is_local(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn names_of_homes_are_local() {
        for host in ["nas", "localhost", "nas.local", "feeds.home.arpa", "127.0.0.1", "[::1]", "wiki.intranet"] {
            assert!(is_named_local(host), "{host}");
        }
        for host in ["example.org", "local.example.org", "xlocal.example"] {
            assert!(!is_named_local(host), "{host}");
        }
    }
}
