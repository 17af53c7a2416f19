//! What the machine says of its user in, the places of files out.

use std::env;
use std::path::{Component, Path, PathBuf};

use jiff::tz::TimeZone;

use super::findings::{Whence, Wrong};
use crate::error::{Error, ErrorKind};

/// What a configuration is called where nobody says another name.
pub const FILE_NAME: &str = "briefing.toml";

/// The folder of this program within those of the XDG Base Directory Specification.
const PROGRAM: &str = "epitome";

/// What is known of the machine and its user.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    pub home: Option<PathBuf>,
    /// `XDG_CONFIG_HOME` and its like, where they are set to an absolute path, as the specification asks.
    pub config_home: Option<PathBuf>,
    pub state_home: Option<PathBuf>,
    /// The IANA name of the zone that the machine is set to.
    pub zone: Option<String>,
}

impl Surroundings {
    pub fn of_this_machine() -> Self {
        let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        Self {
            home: env::home_dir().filter(|path| path.is_absolute()),
            config_home: variable("XDG_CONFIG_HOME"),
            state_home: variable("XDG_STATE_HOME"),
            zone: TimeZone::try_system().ok().and_then(|zone| zone.iana_name().map(str::to_owned)),
        }
    }

    /// A folder of the specification: the variable, or its default in the home of the user.
    fn xdg(&self, variable: Option<&PathBuf>, default: &str) -> Option<(PathBuf, Whence)> {
        match (variable, &self.home) {
            (Some(folder), _) => Some((folder.join(PROGRAM), Whence::Environment)),
            (None, Some(home)) => Some((home.join(default).join(PROGRAM), Whence::System)),
            (None, None) => None,
        }
    }

    /// Where the state of a briefing is kept, if it does not say.
    pub fn state(&self, id: &str) -> Option<(PathBuf, Whence)> {
        self.xdg(self.state_home.as_ref(), ".local/state").map(|(folder, from)| (folder.join(id), from))
    }

    /// Finds the configuration: the one that was named, else `briefing.toml` here, else in the user's own configuration.
    pub fn find(&self, explicit: Option<&Path>, here: &Path) -> Result<PathBuf, Error> {
        if let Some(path) = explicit {
            if path.is_file() {
                return Ok(path.to_owned());
            }
            let way_out = "`epitome brief init` writes one";
            return Err(Error::new(ErrorKind::Missing, path.display().to_string(), "there is no such file", way_out));
        }
        let of_user = self.xdg(self.config_home.as_ref(), ".config").map(|(folder, _)| folder.join(FILE_NAME));
        let mut tried = vec![here.join(FILE_NAME)];
        tried.extend(of_user);
        if let Some(path) = tried.iter().find(|path| path.is_file()) {
            return Ok(path.clone());
        }
        let tried: Vec<String> = tried.iter().map(|path| path.display().to_string()).collect();
        let what = format!("there is no configuration; looked for {}", tried.join(" and "));
        Err(Error::new(ErrorKind::Missing, FILE_NAME, what, "`epitome brief init` writes one; --config names another"))
    }

    /// A path as it is written, from the folder of the configuration; `~` is the home of the user.
    pub fn path(&self, text: &str, base: &Path) -> Result<PathBuf, Wrong> {
        let Some(behind) = text.strip_prefix('~') else { return Ok(plain(&base.join(text))) };
        let behind = behind.strip_prefix(['/', '\\']).or((behind.is_empty()).then_some(""));
        let right = "write the whole path";
        let Some(behind) = behind else {
            return Err(Wrong::new("homes of other users are not looked up", right));
        };
        let home = self.home.as_ref().ok_or_else(|| Wrong::new("the home that ~ stands for is not known", right))?;
        Ok(plain(&home.join(behind)))
    }
}

/// A path without the parts that change nothing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// Where a path leads: links are followed and `..` is taken back, also where some of it is not there yet.
pub(super) fn led_to(path: &Path) -> PathBuf {
    let real = path.ancestors().find_map(|known| Some((known.canonicalize().ok()?, path.strip_prefix(known).ok()?)));
    let (mut real, rest) = real.unwrap_or((PathBuf::new(), path));
    for part in rest.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
    }
    // What was taken back may have led to something that is there.
    if rest.components().any(|part| part == Component::ParentDir) { led_to(&real) } else { real }
}

/// Whether a file there would be read with the folder. What is hidden is not.
pub(super) fn is_read_with(path: &Path, folder: &Path) -> bool {
    let (path, folder) = (led_to(path), led_to(folder));
    let is_hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
    path.strip_prefix(&folder).is_ok_and(|below| !below.components().any(is_hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Surroundings {
        Surroundings { home: Some(PathBuf::from("/home/ada")), ..Surroundings::default() }
    }

    #[test]
    fn a_path_is_meant_from_the_configuration_and_a_tilde_is_home() {
        let base = Path::new("/srv/news");
        let path = |text: &str| ada().path(text, base).unwrap();
        assert_eq!(path("./articles"), Path::new("/srv/news/articles"));
        assert_eq!(path("/tmp/a"), Path::new("/tmp/a"));
        assert_eq!(path("~"), Path::new("/home/ada"));
        assert_eq!(path("~/a"), Path::new("/home/ada/a"));
        assert!(ada().path("~bob/a", base).is_err());
        assert!(Surroundings::default().path("~/a", base).is_err());
    }

    #[test]
    fn a_path_leads_where_its_links_and_steps_back_do() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir(real.join("articles")).unwrap();
        for (path, to) in [("x/../articles", "articles"), ("articles/../y/z", "y/z"), ("articles/..", ""), ("y", "y")] {
            assert_eq!(led_to(&folder.path().join(path)), real.join(to), "{path}");
        }
        assert!(is_read_with(&real.join("articles/a"), &real.join("x/..")));
        assert!(!is_read_with(&real.join(".state"), &real));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("articles", real.join("link")).unwrap();
            assert!(is_read_with(&real.join("x/../link/out"), &real.join("articles")));
        }
    }

    #[test]
    fn state_lies_where_the_specification_says() {
        assert_eq!(ada().state("b").unwrap(), (PathBuf::from("/home/ada/.local/state/epitome/b"), Whence::System));
        assert_eq!(Surroundings::default().state("b"), None);
    }

    #[test]
    fn a_configuration_is_found_here_before_the_users_own() {
        let (here, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let ada = Surroundings { config_home: Some(home.path().to_owned()), ..ada() };
        let error = ada.find(None, here.path()).unwrap_err().to_string();
        assert!(error.contains("looked for") && error.contains("`epitome brief init` writes one"), "{error}");
        let own = home.path().join("epitome").join(FILE_NAME);
        std::fs::create_dir(own.parent().unwrap()).unwrap();
        std::fs::write(&own, "").unwrap();
        assert_eq!(ada.find(None, here.path()).unwrap(), own);
        std::fs::write(here.path().join(FILE_NAME), "").unwrap();
        assert_eq!(ada.find(None, here.path()).unwrap(), here.path().join(FILE_NAME));
        assert_eq!(ada.find(Some(Path::new("no/such.toml")), here.path()).unwrap_err().kind, ErrorKind::Missing);
    }
}
