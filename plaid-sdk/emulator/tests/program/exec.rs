//! `exec`: a command sees the emulator in its environment, and its exit code is the program's.

use std::process::Command;

use crate::support::PROGRAM;

fn exec(arguments: &[&str]) -> std::process::Output {
    Command::new(PROGRAM).arg("exec").arg("--").args(arguments).output().expect("it runs")
}

#[test]
fn the_exit_code_of_the_command_is_kept() {
    assert_eq!(exec(&["sh", "-c", "exit 7"]).status.code(), Some(7));
    let output = exec(&["no-such-command-here"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && error.contains("can't run no-such-command-here"), "{error}");
}

#[test]
fn the_command_sees_the_address_and_the_keys() {
    let output = exec(&["sh", "-c", "echo $PLAID_BASE_URL $PLAID_CLIENT_ID $PLAID_SECRET $PLAID_ENV"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let [url, client_id, _, "sandbox"] = words.as_slice() else { panic!("{text}") };
    assert!(url.starts_with("http://127.0.0.1:") && client_id.len() == 24, "{text}");
}

/// A program of an application: its client comes from the environment, as in production.
#[cfg(feature = "sdk")]
mod sdk {
    use std::net::TcpListener;
    use std::process::Command;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use plaid_sdk::Client;

    use crate::support::PROGRAM;

    /// Set for the run of this test binary that is the application.
    const APPLICATION: &str = "PLAID_EMULATOR_TEST_APPLICATION";

    #[tokio::test]
    async fn application() {
        if std::env::var_os(APPLICATION).is_none() {
            return;
        }
        let client = Client::from_env().expect("a client");
        let user = client.user_create(plaid_sdk::user::UserCreateRequest::new("user-1")).await.expect("a user");
        println!("created {}", user.user_id);
    }

    #[test]
    fn an_application_with_the_sdk_talks_to_the_emulator_and_to_nobody_else() {
        // Whatever leaves the machine would go through this proxy.
        let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", proxy.local_addr().expect("its address"));
        let connections = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&connections);
        std::thread::spawn(move || {
            for _ in proxy.incoming() {
                seen.fetch_add(1, Ordering::SeqCst);
            }
        });
        let own = std::env::current_exe().expect("this binary");
        let mut command = Command::new(PROGRAM);
        command.args(["exec", "--"]).arg(own).args(["exec::sdk::application", "--exact", "--nocapture"]);
        for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
            command.env(name, &address);
        }
        let output = command.env(APPLICATION, "1").output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && text.contains("created usr_"), "{text}");
        assert_eq!(connections.load(Ordering::SeqCst), 0);
    }
}
