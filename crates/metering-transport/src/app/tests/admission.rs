//! What is under way is bounded: in size, in time, in number. What does not fit is told when to
//! come again, and leaves nothing behind.

use std::sync::mpsc;

use actix_web::rt::spawn;
use actix_web::rt::time::sleep;
use metering_persistence::{Change, Error as StoreError, Snapshot};

use super::*;

/// The call was put off, with a time to come back after.
#[track_caller]
fn put_off(told: &Told) {
    told.problem(503, "unavailable");
    assert!((1..10).contains(&told.header("retry-after").unwrap().parse::<u32>().unwrap()));
}

/// Work that holds up what it stands in until the sender is dropped.
fn held_up() -> (mpsc::Sender<()>, impl FnOnce() + Send + 'static) {
    let (release, released) = mpsc::channel::<()>();
    (release, move || {
        let _ = released.recv();
    })
}

fn nothing(_: &mut Change<'_>) -> metering_persistence::Result<Answer> {
    Ok(Answer::default())
}

#[actix_web::test]
async fn writes_are_put_off_while_the_queue_is_full_and_reads_go_on() {
    let server = Server::with_waiting(Config { quota: 1_000, ..Config::default() }, 2);
    let app = init_service(app(server.state.clone())).await;
    send!(app, post("/meter-readings", reading("1", "2024-01-15T10:00:00Z"))).expect(201);
    let (release, hold) = held_up();
    let (begin, begun) = mpsc::channel();
    let first = move |change: &mut Change<'_>| {
        begin.send(()).unwrap();
        hold();
        nothing(change)
    };
    let mut waiting = vec![server.store.change(command(), first).unwrap()];
    // From here on the writer takes nothing out of the queue.
    begun.recv().unwrap();
    loop {
        match server.store.change(command(), nothing) {
            Ok(committing) => waiting.push(committing),
            Err(error) => break assert!(matches!(error, StoreError::Busy), "{error}"),
        }
    }
    let again = || post("/meter-readings", reading("2", "2024-01-15T10:15:00Z"));
    put_off(&send!(app, again()));
    assert_eq!(send!(app, get("/health")).status, 200);
    assert_eq!(send!(app, get("/meter-readings")).expect(200)["readings"].as_array().unwrap().len(), 1);
    assert!(send!(app, get("/status")).expect(200)["queues"]["changesWaiting"].as_u64().unwrap() >= 2);
    drop(release);
    for committing in waiting {
        committing.await.unwrap();
    }
    send!(app, again()).expect(201);
}

#[actix_web::test]
async fn reads_are_put_off_while_as_many_as_may_are_under_way_and_logins_are_not() {
    let turn = Duration::from_millis(100);
    let server = Server::with(Config { reads_at_once: 1, turn, quota: 1_000, ..Config::default() });
    let key = server.api_key("viewer");
    let app = init_service(app(server.state.clone())).await;
    let (release, hold) = held_up();
    let state = server.state.clone();
    let held = spawn(async move {
        let work = move |_: &mut Snapshot<'_>| {
            hold();
            Ok(())
        };
        state.read(&"default".parse().unwrap(), work).await
    });
    while server.state.reads().under_way() == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    put_off(&send!(app, get("/meter-readings")));
    let status = TestRequest::get().uri("/status").insert_header(("X-API-Key", key));
    assert_eq!(send!(app, status).expect(200)["queues"]["readsUnderWay"], 1);
    send!(app, post("/meter-readings", reading("1", "2024-01-15T10:00:00Z"))).expect(201);
    drop(release);
    assert!(held.await.unwrap().is_ok());
    send!(app, get("/meter-readings")).expect(200);
}

#[actix_web::test]
async fn large_bodies_are_put_off_while_as_many_as_may_are_being_read() {
    let turn = Duration::from_millis(100);
    let server = Server::with(Config { parses_at_once: 1, turn, ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    let large = || post("/meter-readings", reading("1", "2024-01-15T10:00:00Z") + &" ".repeat(70_000));
    let (release, hold) = held_up();
    let state = server.state.clone();
    let work = move || {
        hold();
        Ok(())
    };
    let held = spawn(async move { state.work(usize::MAX, work).await });
    while server.state.parses().under_way() == 0 {
        sleep(Duration::from_millis(1)).await;
    }
    put_off(&send!(app, large()));
    send!(app, post("/meter-readings", reading("2", "2024-01-15T10:15:00Z"))).expect(201);
    drop(release);
    assert!(held.await.unwrap().is_ok());
    send!(app, large()).expect(201);
    assert_eq!(server.state.bodies().used(), 0);
}

#[actix_web::test]
async fn bodies_are_put_off_while_those_in_flight_fill_the_room() {
    let server = Server::with(Config { bodies_in_flight_bytes: 1_000, ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    let one = || post("/meter-readings", reading("1", "2024-01-15T10:00:00Z"));
    let mut others = server.state.bodies().share();
    assert!(others.grow(950));
    put_off(&send!(app, one()));
    send!(app, get("/meter-readings")).expect(200);
    drop(others);
    send!(app, one()).expect(201);
    assert_eq!(server.state.bodies().used(), 0);
}

#[actix_web::test]
async fn a_body_over_the_limit_is_refused_at_either_size() {
    let server = Server::with(Config { wire_bytes: 1_000, inflated_bytes: 2_000, quota: 100, ..Config::default() });
    let app = init_service(app(server.state.clone())).await;
    send!(app, post("/meter-readings", vec![b' '; 1_001])).problem(413, "too-large");
    let bomb = zstd::encode_all(vec![b' '; 3_000].as_slice(), 3).unwrap();
    send!(app, post("/meter-readings", bomb).insert_header(("Content-Encoding", "zstd"))).problem(413, "too-large");
    let packed = zstd::encode_all(reading("1", "2024-01-15T10:00:00Z").as_bytes(), 3).unwrap();
    let packed = send!(app, post("/meter-readings", packed).insert_header(("Content-Encoding", "zstd")));
    let plain = send!(app, post("/meter-readings", reading("1", "2024-01-15T10:00:00Z")));
    assert_eq!(packed.expect(201)["sha256"], plain.expect(200)["sha256"], "hashed as inflated");
    assert_eq!(server.state.bodies().used(), 0);
}

/// Sends `request` as it stands, and reads until the other side closes.
fn raw(address: std::net::SocketAddr, request: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[actix_web::test]
async fn a_stalled_body_is_given_up_and_the_server_ends_when_it_is_told_to() {
    let server = Server::with(Config {
        listen: ([127, 0, 0, 1], 0).into(),
        workers: 1,
        stall: Duration::from_millis(300),
        ..Config::default()
    });
    let listening = crate::listen(&server.state, None).unwrap();
    let address = listening.addresses()[0];
    assert_ne!(address.port(), 0);
    let (told, ended) = actix_web::rt::time::timeout(Duration::from_secs(30), async {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let asked = web::block(move || {
            let close = "Host: localhost\r\nConnection: close\r\n";
            let health = raw(address, &format!("GET /health HTTP/1.1\r\n{close}\r\n"));
            let token = token("head-end");
            let stalled = raw(
                address,
                &format!(
                    "POST /meter-readings HTTP/1.1\r\n{close}Authorization: Bearer {token}\r\n\
                     Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"
                ),
            );
            let _ = stop.send(());
            [health, stalled]
        });
        let run = listening.run(async move {
            let _ = stopped.await;
        });
        let (asked, run) = futures_util::future::join(asked, run).await;
        (asked.unwrap(), run)
    })
    .await
    .unwrap();
    ended.unwrap();
    let [health, stalled] = told;
    assert!(health.starts_with("HTTP/1.1 200") && health.ends_with("{\"status\":\"pass\"}"), "{health}");
    assert!(!health.to_lowercase().contains("strict-transport-security"), "not over plain HTTP");
    assert!(stalled.starts_with("HTTP/1.1 408") && stalled.contains("/problems/stalled"), "{stalled}");
    assert!(server.state.is_draining());
}
