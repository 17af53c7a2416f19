//! Groups that are close to one, the closest first.

/// So many groups are kept as the closest to each. With 24 of them, out of 64 candidates, B³ F1 was .001 higher.
pub const NEAR: usize = 12;

/// A group that is close to another one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub group: u32,
    /// In which state it was when the cosine was found.
    pub version: u32,
    /// The mean cosine of the bodies.
    pub cosine: f64,
}

/// The [`NEAR`] closest groups to one of those that were considered: the closest first, of equals the one with the smaller number.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearest(Vec<Near>);

impl Nearest {
    /// The groups, the closest first.
    pub fn iter(&self) -> impl Iterator<Item = &Near> {
        self.0.iter()
    }

    /// Takes in a group if it is one of the closest. What is known of it already is replaced.
    pub fn consider(&mut self, near: Near) {
        self.0.retain(|known| known.group != near.group);
        let is_closer =
            |known: &Near| known.cosine > near.cosine || (known.cosine == near.cosine && known.group < near.group);
        let place = self.0.partition_point(is_closer);
        if place < NEAR {
            self.0.insert(place, near);
            self.0.truncate(NEAR);
        }
    }
}

impl FromIterator<Near> for Nearest {
    fn from_iter<I: IntoIterator<Item = Near>>(groups: I) -> Self {
        let mut nearest = Self::default();
        groups.into_iter().for_each(|near| nearest.consider(near));
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_are_kept_and_each_once() {
        let near = |group, cosine| Near { group, version: 0, cosine };
        let mut nearest: Nearest = (0..20).map(|group| near(group, f64::from(group % 10))).collect();
        assert_eq!(nearest.iter().count(), NEAR);
        nearest.consider(near(9, 0.5));
        nearest.consider(near(3, 11.0));
        let groups: Vec<u32> = nearest.iter().map(|near| near.group).collect();
        assert_eq!(groups[..4], [3, 19, 8, 18]);
        assert!(!groups.contains(&9), "it is not so close any more");
    }
}
