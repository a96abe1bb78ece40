//! Files that hold secrets: read and written by their owner alone.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Makes `folder` for the owner alone, if there is none yet.
pub(crate) fn folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Writes a new file with mode 0600; one that is there already is an error and stays as it is. It is
/// there as a whole or not at all.
pub(crate) fn create(path: &Path, content: &str) -> io::Result<()> {
    let beside = write_beside(path, content)?;
    // A link, unlike a new name, takes nobody's place. Where there are no links, a look has to do.
    match fs::hard_link(&beside, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.try_exists()? => {
            fs::rename(&beside, path)?;
        }
        linked => {
            fs::remove_file(&beside)?;
            linked?;
        }
    }
    sync_folder(path)
}

/// Writes a file with mode 0600 in place of the one that may be there. It is whole at every moment.
pub(crate) fn replace(path: &Path, content: &str) -> io::Result<()> {
    fs::rename(write_beside(path, content)?, path)?;
    sync_folder(path)
}

/// Whether others than the owner may read a file that holds a secret, or write it.
pub(crate) fn readable_by_others(path: &Path) -> io::Result<bool> {
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// Writes `content` to a file beside `path`, in full and on the disk.
fn write_beside(path: &Path, content: &str) -> io::Result<PathBuf> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    // One left over by a start that was killed, by the same process number.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // The mode is set as the file is made: there is no moment at which others could open it.
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    Ok(beside)
}

/// The name of a new file is on disk only once its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_secret_is_for_its_owner_alone_and_never_overwritten_by_chance() {
        let scratch = Scratch::new();
        let inside = scratch.path().join("data");
        folder(&inside).unwrap();
        assert_eq!(mode(&inside), 0o700);

        let file = inside.join("secret");
        create(&file, "first").unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(create(&file, "second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "first");

        assert_eq!(fs::read_dir(&inside).unwrap().count(), 1, "nothing is left over");

        replace(&file, "third").unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(fs::read_to_string(&file).unwrap(), "third");
        assert_eq!(fs::read_dir(&inside).unwrap().count(), 1, "nothing is left over");
    }

    #[test]
    fn a_file_that_others_may_read_is_noticed() {
        let scratch = Scratch::new();
        let file = scratch.path().join("secret");
        create(&file, "x").unwrap();
        assert!(!readable_by_others(&file).unwrap());
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(readable_by_others(&file).unwrap());
    }
}
