//! The system's file dialog on Linux: the desktop portal, org.freedesktop.portal.FileChooser, asked over D-Bus.
//!
//! Interface and options: <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html>.
//! Where there is no session bus, no portal on it or no dialog behind the portal, that is found out before anything is
//! shown, and the window's own dialog opens.

use std::collections::HashMap;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::{Duration, Instant};

use egui::Context;
use futures_lite::{FutureExt as _, StreamExt as _};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream};

use crate::ui::desktop::chooser::{Choice, Chooser};
use crate::ui::desktop::purpose::Purpose;

/// How long it may take to find out whether there is a portal; it may have to be started.
const PATIENCE: Duration = Duration::from_secs(3);

const SERVICE: &str = "org.freedesktop.portal.Desktop";
const OBJECT: &str = "/org/freedesktop/portal/desktop";
const FILE_CHOOSER: &str = "org.freedesktop.portal.FileChooser";

/// Asks the portal, each time on a thread that lives as long as the dialog.
pub struct Portal {
    ctx: Context,
    asked: Option<Asked>,
}

/// A question on its way.
struct Asked {
    news: Receiver<News>,
    since: Instant,
    has_portal: bool,
    is_dropped: Arc<AtomicBool>,
}

enum News {
    /// There is a portal, and it has been asked.
    Begun,
    Chosen(Choice),
}

impl Portal {
    /// Asks nothing yet. `ctx` is woken when an answer comes.
    pub fn new(ctx: Context) -> Self {
        Self { ctx, asked: None }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.is_dropped.store(true, Ordering::Relaxed);
    }
}

impl Chooser for Portal {
    fn ask(&mut self, purpose: Purpose, proposed: &Path) {
        let (said, news) = channel();
        let is_dropped = Arc::new(AtomicBool::new(false));
        let question =
            Question { purpose, proposed: proposed.to_owned(), is_dropped: Arc::clone(&is_dropped) };
        let ctx = self.ctx.clone();
        // If there can be no thread the channel is closed, which is an answer.
        let _ = std::thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
            let choice = futures_lite::future::block_on(question.ask(&said))
                .unwrap_or_else(|error| Choice::Unavailable(error.to_string()));
            let _ = said.send(News::Chosen(choice));
            ctx.request_repaint();
        });
        self.ctx.request_repaint_after(PATIENCE + Duration::from_millis(50));
        self.asked = Some(Asked { news, since: Instant::now(), has_portal: false, is_dropped });
    }

    fn answer(&mut self) -> Option<Choice> {
        let asked = self.asked.as_mut()?;
        let choice = loop {
            match asked.news.try_recv() {
                Ok(News::Begun) => asked.has_portal = true,
                Ok(News::Chosen(choice)) => break choice,
                Err(TryRecvError::Disconnected) => break Choice::Unavailable("no answer".to_owned()),
                Err(TryRecvError::Empty) if !asked.has_portal && asked.since.elapsed() > PATIENCE => {
                    break Choice::Unavailable("no answer in time".to_owned());
                }
                Err(TryRecvError::Empty) => return None,
            }
        };
        self.asked = None;
        Some(choice)
    }
}

struct Question {
    purpose: Purpose,
    proposed: PathBuf,
    /// Whether nobody waits for the answer any more.
    is_dropped: Arc<AtomicBool>,
}

type Options<'a> = HashMap<&'a str, Value<'a>>;

impl Question {
    async fn ask(&self, said: &Sender<News>) -> zbus::Result<Choice> {
        let connection = zbus::connection::Builder::session()?.method_timeout(4 * PATIENCE).build().await?;
        // Also a portal that is there may have no file dialogs to show.
        let version = (FILE_CHOOSER, "version");
        let properties = Some("org.freedesktop.DBus.Properties");
        connection.call_method(Some(SERVICE), OBJECT, properties, "Get", &version).await?;
        if self.is_dropped.load(Ordering::Relaxed) {
            return Ok(Choice::Cancelled);
        }
        let _ = said.send(News::Begun);
        // The names the portal gives to the request, and to this program, are known before it is made, so that no answer
        // can be missed.
        let token = format!("downhill{}", std::process::id());
        let own_name = connection.unique_name().map_or("", |name| name.as_str());
        let sender = own_name.trim_start_matches(':').replace('.', "_");
        let expected = format!("{OBJECT}/request/{sender}/{token}");
        let mut responses = responses(&connection, &expected).await?;
        let mut exits = exits(&connection).await?;
        let method = if self.purpose.reads() { "OpenFile" } else { "SaveFile" };
        let body = ("", self.purpose.title(), self.options(&token));
        let reply = connection.call_method(Some(SERVICE), OBJECT, Some(FILE_CHOOSER), method, &body).await?;
        let request: OwnedObjectPath = reply.body().deserialize()?;
        if request.as_str() != expected {
            // Portals before 0.9 choose the name themselves.
            responses = self::responses(&connection, request.as_str()).await?;
        }
        let lost = async {
            exits.next().await;
            None
        };
        let Some(response) = responses.next().or(lost).await else {
            return Ok(Choice::Unavailable("the portal has ended".to_owned()));
        };
        let body = response?.body();
        let (code, results): (u32, HashMap<String, OwnedValue>) = body.deserialize()?;
        Ok(choice(code, &results))
    }

    fn options<'a>(&'a self, token: &'a str) -> Options<'a> {
        let named = match self.purpose {
            Purpose::Open => "Scenarios and pictures",
            Purpose::SaveAs | Purpose::SaveSeries => "Scenarios",
            Purpose::SeriesTable => "Tables",
            Purpose::Figure(_) => "Figures",
        };
        const IS_GLOB: u32 = 0;
        let globs = self.purpose.endings().into_iter().map(|ending| (IS_GLOB, format!("*.{ending}")));
        let mut filters = vec![(named, globs.collect())];
        if self.purpose.reads() {
            filters.push(("All files", vec![(IS_GLOB, "*".to_owned())]));
        }
        let mut options = Options::from([
            ("handle_token", Value::from(token)),
            ("modal", Value::from(true)),
            ("filters", Value::from(filters)),
        ]);
        let is_folder = self.proposed.is_dir();
        let folder = if is_folder { Some(self.proposed.as_path()) } else { self.proposed.parent() };
        if let Some(folder) = folder.filter(|folder| folder.is_absolute()) {
            let mut bytes = folder.as_os_str().as_bytes().to_vec();
            bytes.push(0);
            options.insert("current_folder", Value::from(bytes));
        }
        if let Some(name) = self.proposed.file_name().and_then(|name| name.to_str()).filter(|_| !is_folder) {
            options.insert("current_name", Value::from(name));
        }
        options
    }
}

/// The answers to a request.
async fn responses(connection: &Connection, request: &str) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .sender(SERVICE)?
        .interface("org.freedesktop.portal.Request")?
        .member("Response")?
        .path(request)?
        .build();
    MessageStream::for_match_rule(rule, connection, Some(1)).await
}

/// A message for each time that a portal comes or goes.
async fn exits(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .sender("org.freedesktop.DBus")?
        .member("NameOwnerChanged")?
        .arg(0, SERVICE)?
        .build();
    MessageStream::for_match_rule(rule, connection, Some(1)).await
}

/// What an answer says: 0 is a choice, 1 a refusal, anything else a dialog that failed.
fn choice(code: u32, results: &HashMap<String, OwnedValue>) -> Choice {
    if code == 1 {
        return Choice::Cancelled;
    }
    let uris = results.get("uris").and_then(|uris| Vec::<String>::try_from(uris.clone()).ok());
    let first = uris.as_deref().and_then(|uris| uris.first()).filter(|_| code == 0);
    match first.map(|uri| file_of_uri(uri).ok_or(uri)) {
        Some(Ok(path)) => Choice::File(path),
        Some(Err(uri)) => Choice::Unavailable(format!("{uri} is no file of this machine")),
        None => Choice::Unavailable("the dialog failed".to_owned()),
    }
}

/// The path that a `file:` URI means (RFC 8089), if it is one of this machine.
fn file_of_uri(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = path.starts_with('/').then(|| path.bytes())?;
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    Some(PathBuf::from(OsString::from_vec(decoded)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_is_the_path_it_encodes() {
        assert_eq!(file_of_uri("file:///a%20b/%C3%A9.toml"), Some(PathBuf::from("/a b/é.toml")));
        assert_eq!(file_of_uri("file://localhost/a"), Some(PathBuf::from("/a")));
        for no_file in ["", "http:///a", "file://else.where/a", "file:///a%2", "file:///%zz"] {
            assert_eq!(file_of_uri(no_file), None, "{no_file}");
        }
    }

    #[test]
    fn an_answer_is_a_file_a_refusal_or_a_failure() {
        let results = |uris: &[&str]| {
            let uris = Value::from(uris.to_vec()).try_into_owned().unwrap();
            HashMap::from([("uris".to_owned(), uris)])
        };
        let file = results(&["file:///a.toml"]);
        assert_eq!(choice(0, &file), Choice::File(PathBuf::from("/a.toml")));
        assert_eq!(choice(1, &file), Choice::Cancelled);
        for (code, results) in [(2, file), (0, HashMap::new()), (0, results(&[])), (0, results(&["ftp://a"]))]
        {
            assert!(matches!(choice(code, &results), Choice::Unavailable(_)));
        }
    }

    #[test]
    fn the_options_have_the_types_that_the_interface_wants() {
        let folder = tempfile::tempdir().unwrap();
        let question =
            |purpose, proposed: PathBuf| Question { purpose, proposed, is_dropped: Arc::default() };
        let signatures = |question: &Question| {
            let options = question.options("token").into_iter();
            let mut named: Vec<_> =
                options.map(|(name, value)| format!("{name}: {}", value.value_signature())).collect();
            named.sort();
            named.join(", ")
        };
        let common = "filters: a(sa(us)), handle_token: s, modal: b";
        let open = question(Purpose::Open, folder.path().to_owned());
        assert_eq!(signatures(&open), format!("current_folder: ay, {common}"));
        let save = question(Purpose::SaveAs, folder.path().join("a.toml"));
        assert_eq!(signatures(&save), format!("current_folder: ay, current_name: s, {common}"));
    }
}
