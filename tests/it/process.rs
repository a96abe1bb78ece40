//! The program under what happens to programs: kill -9, a full disk, a lost database, SIGTERM.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::postgresql::say;
use crate::server::{Backend, Credential, Folder, Server, program, try_send};

/// Numbers that look random and are the same in every run.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn batch(client: usize, number: usize) -> (String, Vec<(String, String, String)>) {
    let mut sent = Vec::new();
    let mut body = String::from("{\"readings\":[");
    for item in 0..20 {
        let (meter, minute) = (format!("c{client}"), number * 20 + item);
        let time = format!("2024-01-{:02}T{:02}:{:02}:00Z", 1 + minute / 1440, minute / 60 % 24, minute % 60);
        let value = format!("{}.{:02}", number, item);
        body += &format!(
            r#"{{"meterId":"{meter}","readingType":"intervalData","unit":"kWh","energyDirection":"forward","readingDateTime":"{time}","value":{value}}},"#
        );
        sent.push((meter, time, value));
    }
    body.pop();
    (body + "]}", sent)
}

/// Everything acknowledged is there, nothing is there twice, and the clients' retries end with
/// exactly the input.
fn killed_at_fifty_moments(backend: Backend) {
    let Some(mut server) = Server::start(backend) else { return };
    let mut random = Sequence(0x5eed_1234);
    let mut expected: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut numbers = [0usize; 4];
    for _ in 0..50 {
        let stop = AtomicBool::new(false);
        let acknowledged = Mutex::new(Vec::new());
        let (agent, url, key) = (server.agent(), server.url("/meter-readings"), server.first_key());
        let unknown = std::thread::scope(|scope| {
            let clients: Vec<_> = numbers
                .iter_mut()
                .enumerate()
                .map(|(client, number)| {
                    let (agent, url, key, stop, acknowledged) = (&agent, &url, &key, &stop, &acknowledged);
                    scope.spawn(move || {
                        while !stop.load(Ordering::Relaxed) {
                            let (body, sent) = batch(client, *number);
                            match try_send(agent, url, "POST", key, &[], body.as_bytes()) {
                                Ok(answer) => {
                                    assert_eq!(answer.status, 201, "{}", answer.text);
                                    acknowledged.lock().unwrap().extend(sent);
                                    *number += 1;
                                }
                                // No answer: it may have been stored or not. The same is sent again.
                                Err(_) => return true,
                            }
                        }
                        false
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(random.next() % 120));
            server.kill();
            stop.store(true, Ordering::Relaxed);
            clients.into_iter().map(|client| client.join().unwrap()).collect::<Vec<_>>()
        });
        expected
            .extend(acknowledged.into_inner().unwrap().into_iter().map(|(meter, time, value)| ((meter, time), value)));
        server.kill_and_restart();
        for (client, _) in unknown.iter().enumerate().filter(|(_, unknown)| **unknown) {
            let (body, sent) = batch(client, numbers[client]);
            let retried = server.post("/meter-readings", body);
            assert!(matches!(retried.status, 200 | 201), "{}", retried.text);
            let counts = &retried.json()["counts"];
            let (inserted, unchanged) = (counts["inserted"].as_u64().unwrap(), counts["unchanged"].as_u64().unwrap());
            assert!(
                (inserted, unchanged) == (20, 0) || (inserted, unchanged) == (0, 20),
                "a batch is half there: {counts}"
            );
            expected.extend(sent.into_iter().map(|(meter, time, value)| ((meter, time), value)));
            numbers[client] += 1;
        }
    }
    let mut stored = BTreeMap::new();
    let mut path = "/meter-readings?limit=5000&revisions=true".to_owned();
    loop {
        let answer = server.get(&path);
        for item in answer.text.split("{\"meterId\":").skip(1) {
            let field = |name: &str| {
                let at = item.find(name).unwrap() + name.len();
                item[at..].trim_start_matches('"').split(['"', ',', '}']).next().unwrap().to_owned()
            };
            let meter = item.trim_start_matches('"').split('"').next().unwrap().to_owned();
            let twice = stored.insert((meter, field("\"readingDateTime\":")), field("\"value\":"));
            assert_eq!(twice, None, "stored twice: {item}");
        }
        let Some(next) = answer.json()["next"].as_str().map(ToOwned::to_owned) else { break };
        path = format!("/meter-readings?limit=5000&revisions=true&cursor={next}");
    }
    assert_eq!(stored, expected);
    assert!(expected.len() > 500, "too little was sent to tell: {}", expected.len());
    server.command(&["audit", "verify"]).unwrap();
}

#[test]
fn killed_at_fifty_moments_on_sqlite() {
    killed_at_fifty_moments(Backend::Sqlite);
}

#[test]
fn killed_at_fifty_moments_on_postgresql() {
    killed_at_fifty_moments(Backend::Postgresql);
}

#[test]
fn sigterm_finishes_what_was_begun() {
    for backend in [Backend::Sqlite, Backend::Postgresql] {
        let Some(mut server) = Server::start(backend) else { continue };
        let (agent, url, key) = (server.agent(), server.url("/meter-readings"), server.first_key());
        let acknowledged = AtomicU64::new(0);
        std::thread::scope(|scope| {
            let (started, begun) = mpsc::channel();
            for client in 0..4 {
                let (agent, url, key, acknowledged, started) = (&agent, &url, &key, &acknowledged, started.clone());
                scope.spawn(move || {
                    for number in 0.. {
                        let (body, sent) = batch(client, number);
                        match try_send(agent, url, "POST", key, &[], body.as_bytes()) {
                            Ok(answer) if answer.status == 201 => {
                                acknowledged.fetch_add(sent.len() as u64, Ordering::Relaxed);
                            }
                            // Draining: refused, or the connection is closed. Nothing is torn.
                            Ok(answer) => return assert_eq!(answer.status, 503, "{}", answer.text),
                            Err(_) => return,
                        }
                        if number == 3 {
                            let _ = started.send(());
                        }
                    }
                });
            }
            begun.recv().unwrap();
            server.signal("TERM");
            let status = server.wait(Duration::from_secs(40)).expect("the server does not end");
            assert!(status.success(), "{status}");
        });
        server.kill_and_restart();
        let mut stored = 0;
        for series in server.get("/meter-readings/series").expect(200)["series"].as_array().unwrap() {
            stored += series["count"].as_u64().unwrap();
        }
        // What was acknowledged is there; at most the last batch of a client is there unacknowledged.
        let acknowledged = acknowledged.into_inner();
        assert!((acknowledged..=acknowledged + 80).contains(&stored), "{acknowledged} acknowledged, {stored} stored");
    }
}

/// Runs only where a small file system can be mounted: as root on Linux.
#[test]
fn a_full_disk_refuses_writes_and_heals() {
    let folder = Folder::new();
    let data = folder.0.join("small");
    std::fs::create_dir_all(&data).unwrap();
    let mount = ["-t", "tmpfs", "-o", "size=12m", "tmpfs", data.to_str().unwrap()];
    if !Command::new("mount").args(mount).stderr(Stdio::null()).status().is_ok_and(|it| it.success()) {
        say("no small file system can be mounted here: the full disk is not tested");
        return;
    }
    struct Mounted(std::path::PathBuf);
    impl Drop for Mounted {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        }
    }
    let _mounted = Mounted(data.clone());
    let server = Server::launch(&data, None, &[], None);
    server.post("/meter-readings", batch(0, 0).0).expect(201);
    let filler = data.join("filler");
    std::fs::write(&filler, vec![0; 16 << 20]).unwrap_err();
    let mut refused = None;
    let mut acknowledged = 1;
    for number in 1..400 {
        let answer = server.post("/meter-readings", batch(0, number).0);
        if answer.status == 503 {
            assert!(answer.header("Retry-After").is_some());
            assert_eq!(answer.json()["type"], "/problems/unavailable");
            refused = Some(number);
            break;
        }
        assert_eq!(answer.status, 201, "{}", answer.text);
        acknowledged += 1;
    }
    let refused = refused.expect("the disk never was full");
    // Reads go on, and readiness says what is wrong.
    assert_eq!(server.get("/meter-readings?meterId=c0").status, 200);
    assert_eq!(server.get("/health").status, 200);
    assert_eq!(server.send("GET", "/health/ready", &Credential::None, &[], "").status, 503);
    std::fs::remove_file(&filler).unwrap();
    let started = Instant::now();
    while server.post("/meter-readings", batch(0, refused).0).status != 201 {
        assert!(started.elapsed() < Duration::from_secs(20), "it does not heal");
        std::thread::sleep(Duration::from_millis(200));
    }
    let series = server.get("/meter-readings/series").expect(200);
    assert_eq!(series["series"][0]["count"], (acknowledged + 1) * 20);
}

#[test]
fn a_lost_database_connection_heals() {
    let Some(server) = Server::start(Backend::Postgresql) else { return };
    server.post("/meter-readings", batch(0, 0).0).expect(201);
    let database = server.database().unwrap();
    for round in 1..6 {
        database.disconnect_everybody();
        let started = Instant::now();
        loop {
            let answer = server.post("/meter-readings", batch(0, round).0);
            match answer.status {
                // 200: the commit whose answer was lost had been made.
                200 | 201 => break,
                503 => assert!(answer.header("Retry-After").is_some()),
                other => panic!("{other}: {}", answer.text),
            }
            assert!(started.elapsed() < Duration::from_secs(20), "it does not heal");
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(matches!(server.get("/meter-readings?meterId=c0").status, 200 | 503));
    }
    let series = server.get("/meter-readings/series").expect(200);
    assert_eq!(series["series"][0]["count"], 120);
}

/// Two servers work on one PostgreSQL: no reading twice, and a key revoked through one is soon
/// refused by the other.
#[test]
fn two_servers_share_one_database() {
    let Some(first) = Server::start(Backend::Postgresql) else { return };
    let second = Server::launch(&first.data, first.database(), &[], None);
    std::thread::scope(|scope| {
        for client in 0..4 {
            let (one, other) = if client % 2 == 0 { (&first, &second) } else { (&second, &first) };
            scope.spawn(move || {
                for number in 0..20 {
                    // The same batch by both at once, of a meter that all clients share.
                    let (body, _) = batch(9, number);
                    let sent = one.post("/meter-readings", &body);
                    assert!(matches!(sent.status, 200 | 201), "{}", sent.text);
                    assert_eq!(other.post("/meter-readings", &body).expect(200)["counts"]["unchanged"], 20);
                }
            });
        }
    });
    let all = first.get("/meter-readings?limit=5000&revisions=true").expect(200);
    assert_eq!(all["readings"].as_array().unwrap().len(), 400);
    assert!(all["readings"].as_array().unwrap().iter().all(|it| it["revision"] == 1));
    assert_eq!(second.get("/meter-readings?limit=5000&revisions=true").expect(200), all);
    let key = first.command(&["keys", "create", "--name", "n", "--roles", "viewer", "--json"]).unwrap();
    let key: Value = serde_json::from_str(&key).unwrap();
    let credential = Credential::Key(key["key"].as_str().unwrap().to_owned());
    let get = |server: &Server| server.send("GET", "/meter-readings?limit=1", &credential, &[], "").status;
    assert_eq!((get(&first), get(&second)), (200, 200));
    first.command(&["keys", "revoke", key["id"].as_str().unwrap()]).unwrap();
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!((get(&first), get(&second)), (401, 401));
    first.command(&["audit", "verify"]).unwrap();
}

#[test]
fn a_second_server_on_one_file_refuses_to_start() {
    let server = Server::start(Backend::Sqlite).unwrap();
    let mut second = program();
    let output = second
        .arg("--data-dir")
        .arg(&server.data)
        .args(["--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("another server"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_typo_in_a_setting_is_named() {
    let folder = Folder::new();
    let file = folder.0.join("metering.toml");
    std::fs::write(&file, "lisen = \"127.0.0.1:0\"\n").unwrap();
    let output = program().arg("check-config").arg("--config").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("lisen") && said.contains("listen"), "{said}");
    let output = program().arg("check-config").env("METERING_LISTEN", "8443").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("METERING_LISTEN"), "{said}");
}

/// The four curl commands a first start prints are pasted into a shell as they are.
#[test]
fn the_printed_examples_work_when_pasted() {
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
        say("curl is not installed: the printed examples are not tried");
        return;
    }
    let folder = Folder::new();
    let printed = folder.0.join("printed");
    let mut child = program()
        .args(["--listen", "127.0.0.1:0", "--data-dir"])
        .arg(folder.0.join("data"))
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&printed).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let text = loop {
        let text = std::fs::read_to_string(&printed).unwrap();
        if text.contains("listening on https://") && text.matches("curl").count() >= 4 {
            break text;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{text}");
        std::thread::sleep(Duration::from_millis(50));
    };
    std::thread::sleep(Duration::from_millis(300));
    let text = std::fs::read_to_string(&printed).unwrap_or(text);
    let mut commands: Vec<String> = Vec::new();
    let mut continued = false;
    for line in text.lines() {
        if continued {
            commands.last_mut().unwrap().push_str(&format!("\n{line}"));
        } else if line.trim_start().starts_with("curl ") {
            commands.push(line.to_owned());
        } else {
            continue;
        }
        continued = line.ends_with('\\');
    }
    let posts: Vec<_> = commands.iter().filter(|it| it.contains("-d ") || it.contains("--data")).collect();
    assert_eq!(posts.len(), 4, "{text}");
    let mut answers = Vec::new();
    for command in &commands {
        let output = Command::new("sh")
            .arg("-c")
            .arg(format!("{command} --silent --show-error -w '\\n%{{http_code}}'"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        answers.push((command.clone(), said, String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let _ = child.kill();
    let _ = child.wait();
    for (command, said, errors) in answers {
        let (body, status) = said.rsplit_once('\n').unwrap_or(("", &said));
        assert!(status.starts_with('2'), "{command}\n{said}{errors}");
        assert!(serde_json::from_str::<Value>(body).is_ok(), "{command}\n{said}");
    }
}
