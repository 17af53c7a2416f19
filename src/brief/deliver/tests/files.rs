use std::fs;
#[cfg(unix)]
use std::path::PathBuf;

use super::*;

fn folder(path: &Path) -> Channel {
    channel(Target::Folder { path: path.to_owned(), forms: vec![Form::Text, Form::Json] })
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_folder_is_made_and_gets_each_form_and_a_link_to_the_latest() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("new/editions");
    let receipt = done(deliver(&folder(&path), &parcel(), &[]));
    assert!(receipt.ends_with("2026-11-26T0630.json"), "{receipt}");
    assert_eq!(names(&path), ["2026-11-26T0630.json", "2026-11-26T0630.txt", "latest.json", "latest.txt"]);
    assert_eq!(fs::read(path.join("latest.txt")).unwrap(), parcel().forms[&Form::Text]);
    #[cfg(unix)]
    assert_eq!(fs::read_link(path.join("latest.txt")).unwrap(), PathBuf::from("2026-11-26T0630.txt"));

    let tomorrow = Parcel { edition: "2026-11-27T0630".to_owned(), ..parcel() };
    done(deliver(&folder(&path), &tomorrow, &[]));
    assert_eq!(names(&path).len(), 6);
    #[cfg(unix)]
    assert_eq!(fs::read_link(path.join("latest.txt")).unwrap(), PathBuf::from("2026-11-27T0630.txt"));
}

#[test]
fn the_same_edition_again_is_done_and_changes_nothing() {
    let place = tempfile::tempdir().unwrap();
    let first = deliver(&folder(place.path()), &parcel(), &[]);
    let before = names(place.path());
    assert_eq!(deliver(&folder(place.path()), &parcel(), &[]), first);
    assert_eq!(names(place.path()), before);
}

#[test]
fn a_file_of_somebody_else_stays_and_the_whole_edition_goes_by_another_name() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("2026-11-26T0630.json");
    fs::write(&file, "mine").unwrap();
    let receipt = done(deliver(&folder(place.path()), &parcel(), &[]));
    assert!(receipt.ends_with("2026-11-26T0630-2.json"), "{receipt}");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    let all = ["2026-11-26T0630-2.json", "2026-11-26T0630-2.txt", "2026-11-26T0630.json", "latest.json", "latest.txt"];
    assert_eq!(names(place.path()), all);
    assert_eq!(fs::read(place.path().join("latest.json")).unwrap(), parcel().forms[&Form::Json]);

    assert_eq!(done(deliver(&folder(place.path()), &parcel(), &[])), receipt);
    assert_eq!(names(place.path()), all);
}

#[test]
fn what_a_killed_run_left_unfinished_is_swept_away_and_what_others_write_is_not() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(".epitome-briefing-0a1b2c3d.Xy12Zq"), "torn").unwrap();
    fs::write(place.path().join(".epitome-briefing-0a1b2c3d-b.Xy12Zq"), "of another run").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("x", place.path().join(".epitome-briefing-0a1b2c3d.link")).unwrap();
    done(deliver(&folder(place.path()), &parcel(), &[]));
    let hidden: Vec<_> = names(place.path()).into_iter().filter(|name| name.starts_with('.')).collect();
    assert_eq!(hidden, [".epitome-briefing-0a1b2c3d-b.Xy12Zq"]);
}

#[test]
fn a_file_in_the_way_of_a_folder_and_a_folder_in_the_way_of_a_file_are_errors() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    failed(deliver(&folder(&file), &parcel(), &[]));
    failed(deliver(&folder(&file.join("below")), &parcel(), &[]));
    assert!(check(&Target::Folder { path: file, forms: vec![Form::Text] }).is_err());
    let target = Target::File { path: place.path().to_owned(), form: Form::Text };
    assert!(check(&target).unwrap_err().to_string().contains("a folder"));
    assert!(failed(deliver(&channel(target), &parcel(), &[])).contains("a folder"));
    let nowhere = Target::File { path: place.path().join("no/where.txt"), form: Form::Text };
    assert!(check(&nowhere).unwrap_err().to_string().contains("make the folder first"));
    assert!(failed(deliver(&channel(nowhere), &parcel(), &[])).contains("make the folder first"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let place = tempfile::tempdir().unwrap();
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // The administrator may write everywhere.
    if fs::write(place.path().join("probe"), "").is_err() {
        assert!(failed(deliver(&folder(place.path()), &parcel(), &[])).contains("not allowed to write it"));
        assert!(check(&folder(place.path()).to).is_err());
    }
}

#[test]
fn a_file_is_replaced_and_keeps_its_permissions() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("today.md");
    fs::write(&path, "yesterday").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let target = Target::File { path: path.clone(), form: Form::Markdown };
    done(deliver(&channel(target), &parcel(), &[]));
    assert_eq!(fs::read(&path).unwrap(), parcel().forms[&Form::Markdown]);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o640);
    assert_eq!(names(place.path()), ["today.md"]);
}

#[test]
fn a_check_leaves_nothing_behind() {
    let place = tempfile::tempdir().unwrap();
    let new = place.path().join("a/b");
    assert!(check(&Target::Folder { path: new, forms: vec![Form::Text] }).unwrap().ends_with("can be made"));
    assert!(check(&folder(place.path()).to).unwrap().ends_with("can be written"));
    assert!(check(&Target::File { path: place.path().join("x"), form: Form::Text }).is_ok());
    assert!(names(place.path()).is_empty());
}

#[test]
fn an_eml_is_the_message_that_would_be_sent() {
    let place = tempfile::tempdir().unwrap();
    let Mail { from, to, .. } = mail(0);
    let target = channel(Target::Eml { path: place.path().to_owned(), from, to });
    done(deliver(&target, &parcel(), &[]));
    done(deliver(&target, &parcel(), &[]));
    assert_eq!(names(place.path()), ["2026-11-26T0630.eml"]);
    let (_, told) = send(Manners::default(), |mail| mail);
    let file = fs::read(place.path().join("2026-11-26T0630.eml")).unwrap();
    assert_eq!(file.trim_ascii_end(), told.message().trim_ascii_end());
}

/// An output that takes so many bytes.
struct Closing(usize, io::ErrorKind);

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 { Err(self.1.into()) } else { Ok(taken) }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_closes_the_pipe_has_seen_enough_if_it_has_seen_anything() {
    assert!(print(b"news", &mut Closing(2, io::ErrorKind::BrokenPipe)).is_ok());
    assert!(print(b"news", &mut Closing(0, io::ErrorKind::BrokenPipe)).is_err());
    let error = print(b"news", &mut Closing(2, io::ErrorKind::StorageFull)).unwrap_err();
    assert!(error.to_string().starts_with("standard output: the disk is full"), "{error}");
}
