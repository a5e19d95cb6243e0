//! Starts everything, answers the page's one command, and follows what happens in the core.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use app::contract::{Event, Refusal, Settings, Status, Words};
use app::words::{Catalogue, Language};
use app::{App, Backing, Opening};
use domain::Text;
use serde_json::{Value, json};
use tauri::{AppHandle, Emitter, Manager, RunEvent, WindowEvent};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_notification::NotificationExt;
use tauri_plugin_window_state::StateFlags;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, SetOnce, oneshot};

use crate::arguments::Arguments;
use crate::notices::{self, Notice, Notices};
use crate::tray::Face;
use crate::{closing, links, tray, window};

/// The name under which the page hears the core's events.
const EVENTS: &str = "passerelle";

/// What the shell remembers while it runs.
struct Shell {
    /// The open workspace, or why it did not open: then the page shows that, whatever it asks. It opens while the window
    /// is made; the page's questions wait for it.
    app: SetOnce<Result<App, Refusal>>,
    locale: String,
    catalogue: RwLock<Catalogue>,
    settings: RwLock<Option<Settings>>,
    face: Mutex<Option<Face>>,
    notices: Mutex<Notices>,
}

/// Runs until the person quits.
pub fn run(arguments: Arguments) -> tauri::Result<()> {
    let route = arguments.route.clone();
    let hidden = arguments.hidden;
    tauri::Builder::default()
        // First, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|handle, words, _folder| {
            window::open(handle, Arguments::read(words).route.as_deref());
        }))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::all() - StateFlags::VISIBLE)
                .build(),
        )
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .arg("--hidden")
                .app_name("Passerelle")
                .build(),
        )
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |builder| {
            let handle = builder.handle().clone();
            let locale = sys_locale::get_locale().unwrap_or_default();
            handle.manage(closing::Closing::default());
            handle.manage(Shell {
                app: SetOnce::new(),
                catalogue: RwLock::new(Catalogue::load(Language::of(&locale))),
                locale,
                settings: RwLock::new(None),
                face: Mutex::new(None),
                notices: Mutex::new(Notices::default()),
            });
            if !hidden {
                window::open(&handle, route.as_deref());
            }
            tauri::async_runtime::spawn(begin(handle, arguments));
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(follow_windows);
    Ok(())
}

/// Opens the workspace: of a simulator elsewhere if one is described, else of the Demo company (RDY-01).
async fn open(arguments: &Arguments) -> Result<App, Refusal> {
    let refuse = |detail: String| Refusal {
        code: "store".to_owned(),
        said: Words::from(Text::new("error-workspace-io")),
        detail: Some(detail),
    };
    let backing = match &arguments.services {
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|error| refuse(error.to_string()))?;
            let described = serde_json::from_str(&text).map_err(|error| refuse(error.to_string()))?;
            Backing::Services { described }
        }
        None => Backing::Demo { seed: arguments.seed },
    };
    let folder = arguments.workspace.clone().or_else(app::default_folder);
    let folder = folder.ok_or_else(|| refuse("this computer names no folder for application data".to_owned()))?;
    App::open(Opening {
        backing,
        folder,
        record: None,
        schedules: true,
    })
    .await
}

/// The workspace, settings, tray, and the task that follows the core.
async fn begin(handle: AppHandle, arguments: Arguments) {
    let app = open(&arguments).await;
    // Heard from now on; followed once the tray is there.
    let followed = app.as_ref().ok().map(|app| (app.clone(), app.events()));
    if let Ok(app) = &app {
        match app.call("settings", json!({})).await {
            Ok(answer) => apply(&handle, &answer),
            Err(refusal) => tracing::warn!(code = refusal.code, "the settings could not be read"),
        }
    }
    let shell = handle.state::<Shell>();
    // Nobody else sets it.
    let _ = shell.app.set(app);
    let face = face(&handle).await;
    // A tray is made on the main thread only; what happens meanwhile is drawn into it afterwards.
    let (raising, (done, raised)) = (handle.clone(), oneshot::channel());
    let queued = handle.run_on_main_thread(move || {
        raise(&raising, face);
        // Nobody waits any more when the program ends.
        let _ = done.send(());
    });
    match queued {
        Ok(()) => drop(raised.await),
        Err(error) => tracing::warn!(%error, "the tray could not be raised"),
    }
    if let Some((app, events)) = followed {
        tauri::async_runtime::spawn(follow(handle.clone(), app, events));
    }
    let clicked = handle.clone();
    let heard = handle.notification().on_action(move |action| {
        let shell = clicked.state::<Shell>();
        let notices = shell.notices.lock().unwrap_or_else(PoisonError::into_inner);
        let route = action
            .notification()
            .and_then(|notice| notices.route(notice.id()))
            .map(str::to_owned);
        window::open(&clicked, route.as_deref());
    });
    if let Err(error) = heard {
        tracing::warn!(%error, "clicks on notifications are not heard");
    }
}

fn raise(handle: &AppHandle, face: Face) {
    if let Err(error) = tray::raise(handle, &face) {
        tracing::warn!(%error, "this desktop has no tray; a second start opens the window");
    }
    let shell = handle.state::<Shell>();
    *shell.face.lock().unwrap_or_else(PoisonError::into_inner) = Some(face);
}

/// The one command that the page may call: every question and command of `app`, by name.
#[tauri::command]
async fn call(handle: AppHandle, name: String, request: Value) -> Result<Value, Refusal> {
    match name.as_str() {
        "open_address" => return links::open(&handle, &request),
        "third_party" => return Ok(third_party(&handle)),
        "close_asked" => return Ok(closing::is_asked(&handle)),
        "close_window" => return Ok(closing::answered(&handle, &request)),
        _ => {}
    }
    let app = handle.state::<Shell>().app.wait().await.clone()?;
    if name == "set_setting" && request["name"] == "start_at_login" {
        start_at_login(&handle, request["value"] == "true")?;
    }
    let answer = app.call(&name, request).await?;
    if name == "set_setting" {
        apply(&handle, &answer);
        redraw(&handle).await;
    }
    Ok(answer)
}

/// The list of what others wrote, as the build carries it; nothing where it carries none.
fn third_party(handle: &AppHandle) -> Value {
    let found = handle.asset_resolver().get("third-party.txt".to_owned());
    // A file that is not there is answered with the page itself.
    let list = found.filter(|asset| asset.mime_type() == "text/plain");
    list.map_or(Value::Null, |asset| {
        String::from_utf8_lossy(asset.bytes()).into_owned().into()
    })
}

/// What the shell itself keeps of the settings: its language, the close button, notifications.
fn apply(handle: &AppHandle, answer: &Value) {
    let settings = match serde_json::from_value::<Settings>(answer.clone()) {
        Ok(settings) => settings,
        Err(error) => return tracing::warn!(%error, "the settings could not be read"),
    };
    let shell = handle.state::<Shell>();
    let language = if settings.language == "system" {
        Language::of(&shell.locale)
    } else {
        Language::of(&settings.language)
    };
    *shell.catalogue.write().unwrap_or_else(PoisonError::into_inner) = Catalogue::load(language);
    *shell.settings.write().unwrap_or_else(PoisonError::into_inner) = Some(settings);
}

/// Has the computer start the app at login, hidden in the tray, or no more; refuses in words when the computer does.
fn start_at_login(handle: &AppHandle, wanted: bool) -> Result<(), Refusal> {
    let autostart = handle.autolaunch();
    let changed = match autostart.is_enabled() {
        Ok(is_on) if is_on == wanted => Ok(()),
        _ if wanted => autostart.enable(),
        _ => autostart.disable(),
    };
    changed.map_err(|error| Refusal {
        code: "not_ready".to_owned(),
        said: Words::from(Text::new("error-start-at-login")),
        detail: Some(error.to_string()),
    })
}

/// Hands every event to the page at once, and has tray and notifications follow.
async fn follow(handle: AppHandle, app: App, mut events: Receiver<Event>) {
    // Drawing the tray takes longer than an event: it happens beside, once for a burst.
    let stale = Arc::new(Notify::new());
    tauri::async_runtime::spawn(keep_drawn(handle.clone(), Arc::clone(&stale)));
    let heard = Arc::new(Notify::new());
    tauri::async_runtime::spawn(keep_told(handle.clone(), app.clone(), Arc::clone(&heard)));
    loop {
        match events.recv().await {
            Ok(Event::Notice { title, body, route }) => {
                let notice = Notice {
                    title: title.clone(),
                    body: body.clone(),
                    route: route.clone(),
                };
                let shell = handle.state::<Shell>();
                if wants_notices(&shell) {
                    shell
                        .notices
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .hear(notice);
                    heard.notify_one();
                }
                tell(&handle, &Event::Notice { title, body, route });
            }
            Ok(event) => {
                tell(&handle, &event);
                if !matches!(event, Event::RunProgress { .. }) {
                    stale.notify_one();
                }
            }
            // Too many at once: every screen reads again what it shows.
            Err(RecvError::Lagged(_)) => {
                tell(&handle, &Event::ProblemsChanged);
                tell(&handle, &Event::StatusChanged);
                stale.notify_one();
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn tell(handle: &AppHandle, event: &Event) {
    if let Err(error) = handle.emit(EVENTS, event) {
        tracing::warn!(%error, "an event did not reach the page");
    }
}

async fn keep_drawn(handle: AppHandle, stale: Arc<Notify>) {
    loop {
        stale.notified().await;
        redraw(&handle).await;
    }
}

async fn face(handle: &AppHandle) -> Face {
    let shell = handle.state::<Shell>();
    let status: Option<Status> = match shell.app.get() {
        Some(Ok(app)) => app
            .call("status", json!({}))
            .await
            .ok()
            .and_then(|answer| serde_json::from_value(answer).ok()),
        _ => None,
    };
    let catalogue = shell.catalogue.read().unwrap_or_else(PoisonError::into_inner);
    Face::of(status.as_ref(), &catalogue)
}

/// Shows the tray's new face, if it is a new one.
async fn redraw(handle: &AppHandle) {
    let face = face(handle).await;
    let shell = handle.state::<Shell>();
    let mut shown = shell.face.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.as_ref() == Some(&face) {
        return;
    }
    if let Err(error) = tray::show(handle, &face) {
        tracing::warn!(%error, "the tray could not be redrawn");
    }
    *shown = Some(face);
}

/// Whether the person wants to be notified at all.
fn wants_notices(shell: &Shell) -> bool {
    let settings = shell.settings.read().unwrap_or_else(PoisonError::into_inner);
    settings.as_ref().is_none_or(|all| all.notifications)
}

/// Shows what is held as soon as the pause after the last notice is over, without what settled meanwhile.
#[allow(
    clippy::disallowed_methods,
    reason = "the shell is an edge: notices are shown to a person in real time"
)]
async fn keep_told(handle: AppHandle, app: App, heard: Arc<Notify>) {
    let shell = handle.state::<Shell>();
    let held = || shell.notices.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let wait = held().wait();
        let Some(wait) = wait else {
            heard.notified().await;
            continue;
        };
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
            let open = open_problems(&app).await;
            let stands = |route: &str| route.strip_prefix("/errors/").is_none_or(|cause| open.contains(cause));
            held().drop_settled(stands);
        }
        let taken = held().take();
        if let Some((number, notice)) = taken
            && wants_notices(&shell)
        {
            show_notice(&handle, number, &notice);
        }
    }
}

/// The causes that need the person now.
async fn open_problems(app: &App) -> HashSet<String> {
    let answer = app.call("problem_groups", json!({})).await.unwrap_or_default();
    let groups = answer["groups"].as_array().cloned().unwrap_or_default();
    let causes = groups.iter().filter_map(|group| group["cause"].as_str());
    causes.map(str::to_owned).collect()
}

fn show_notice(handle: &AppHandle, number: i32, notice: &Notice) {
    let shell = handle.state::<Shell>();
    let catalogue = shell.catalogue.read().unwrap_or_else(PoisonError::into_inner);
    let body = tray::on_this_clock(&notice.body, catalogue.language());
    let (title, body) = notices::fitted(&catalogue.words(&notice.title), &catalogue.words(&body));
    if let Err(error) = handle
        .notification()
        .builder()
        .id(number)
        .title(title)
        .body(body)
        .show()
    {
        tracing::warn!(%error, "the notification could not be shown");
    }
}

/// The core, once its workspace is open.
fn opened(handle: &AppHandle) -> Option<App> {
    let shell = handle.state::<Shell>();
    shell.app.get()?.clone().ok()
}

/// Pauses the schedules for some minutes, or until they are let go on, or lets them go on.
pub fn pause(handle: &AppHandle, request: Value) {
    let Some(app) = opened(handle) else {
        return;
    };
    tauri::async_runtime::spawn(async move {
        if let Err(refusal) = app.call("pause", request).await {
            tracing::warn!(code = refusal.code, "the schedules could not be paused");
        }
    });
}

/// Starts the flows of a group, or all that are on.
pub fn sync(handle: &AppHandle, group: &str) {
    let Some(app) = opened(handle) else {
        return;
    };
    let group = group.to_owned();
    tauri::async_runtime::spawn(async move {
        let requests = if group == "all" {
            vec![json!({ "dry_run": false })]
        } else {
            requests(&app, &group).await
        };
        for request in requests {
            if let Err(refusal) = app.call("start_run", request).await {
                tracing::warn!(code = refusal.code, "the run was not started");
            }
        }
    });
}

async fn requests(app: &App, group: &str) -> Vec<Value> {
    let answer = app.call("flows", json!({})).await.unwrap_or_default();
    let flows = answer
        .get("flows")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    flows
        .iter()
        .filter(|flow| flow["group"] == group && flow["on"] == true)
        .map(|flow| json!({ "flow": flow["id"], "dry_run": false }))
        .collect()
}

/// The close button, the end, and on macOS the Dock.
fn follow_windows(handle: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } => {
            api.prevent_close();
            let shell = handle.state::<Shell>();
            let settings = shell.settings.read().unwrap_or_else(PoisonError::into_inner);
            let chosen = settings.as_ref().map(|all| all.close.clone());
            drop(settings);
            closing::pressed(handle, chosen.as_deref());
        }
        // No window is left: the app stays in the tray. Quitting by name carries a code.
        RunEvent::ExitRequested { code: None, api, .. } => api.prevent_exit(),
        RunEvent::Exit => {
            if let Some(app) = opened(handle)
                && let Err(refusal) = tauri::async_runtime::block_on(app.close())
            {
                tracing::warn!(
                    code = refusal.code,
                    "the workspace was not closed in order; the next start looks again"
                );
            }
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::open(handle, None),
        _ => {}
    }
}
