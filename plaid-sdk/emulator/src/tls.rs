//! HTTPS for clients whose host is fixed: a certificate authority of the emulator's own, and a listener.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use chrono::{DateTime, Datelike, Days, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DnType, GeneralSubtree, IsCa, KeyPair,
    KeyUsagePurpose, NameConstraints,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;

/// How long the certificates are valid, in days. A restart makes new ones.
const VALID: u64 = 365;
/// How long a client may take until a connection is secured.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// A certificate for host names and this machine, and the authority that has signed it. The authority's key is forgotten, and it
/// could only sign for these names, so a client that trusts it trusts nothing else.
pub struct Identity {
    /// The authority's certificate as PEM, for clients.
    pub authority: String,
    config: Arc<ServerConfig>,
}

impl Identity {
    /// Makes an authority and a certificate.
    ///
    /// # Errors
    /// If a host name has not the form of one.
    pub fn new(hosts: &[String]) -> Result<Self, TlsError> {
        let addresses = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        let mut names = vec!["localhost".to_owned()];
        names.extend(hosts.iter().filter(|host| *host != "localhost").cloned());
        let is_name = |name: &String| name.split('.').all(is_label) && name.len() <= 253;
        if let Some(wrong) = names.iter().find(|name| !is_name(name)) {
            return Err(TlsError(format!("{wrong:?} is not a host name")));
        }
        let subtrees = names.iter().cloned().map(GeneralSubtree::DnsName);
        let whole = |address: IpAddr| if address.is_ipv4() { 32 } else { 128 };
        let own =
            addresses.map(|address| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, whole(address))));

        let mut authority = dated(CertificateParams::default());
        authority.distinguished_name.push(DnType::CommonName, "Plaid emulator, not for other use");
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority.name_constraints =
            Some(NameConstraints { permitted_subtrees: subtrees.chain(own).collect(), excluded_subtrees: Vec::new() });
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

        let subjects: Vec<String> = names.into_iter().chain(addresses.map(|address| address.to_string())).collect();
        let mut params = dated(CertificateParams::new(subjects)?);
        params.distinguished_name.push(DnType::CommonName, "Plaid emulator");
        params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &authority)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { authority: authority.pem(), config: Arc::new(config) })
    }

    /// Secures the connections of a listener.
    ///
    /// # Errors
    /// If the listener has no address.
    pub fn listen(&self, listener: TcpListener) -> io::Result<Secured> {
        let address = listener.local_addr()?;
        let acceptor = TlsAcceptor::from(Arc::clone(&self.config));
        let (sender, ready) = mpsc::channel(64);
        let task = tokio::spawn(accept(listener, acceptor, sender));
        Ok(Secured { address, ready, task })
    }
}

fn is_label(label: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !label.is_empty()
        && label.len() <= 63
        && label.bytes().all(fits)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// The period in which a certificate is valid. It starts a day ago, for clocks that are behind.
fn dated(mut params: CertificateParams) -> CertificateParams {
    let today = DateTime::<Utc>::from(std::time::SystemTime::now()).date_naive();
    let day = |date: chrono::NaiveDate| {
        let small = |number: u32| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(date.year(), small(date.month()), small(date.day()))
    };
    params.not_before = day(today.pred_opt().unwrap_or(today));
    params.not_after = day(today.checked_add_days(Days::new(VALID)).unwrap_or(today));
    params
}

/// A listener whose connections are secured. A slow client holds up no other.
pub struct Secured {
    address: SocketAddr,
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    task: JoinHandle<()>,
}

impl Drop for Secured {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener for Secured {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The task only ends with this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    sender: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let Ok((stream, address)) = listener.accept().await else {
            // For instance too many open files.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        // A socket that can't be told to send at once is only slower.
        let _told = stream.set_nodelay(true);
        let (acceptor, sender) = (acceptor.clone(), sender.clone());
        tokio::spawn(async move {
            // A client that does not trust the certificate ends the handshake. It says so itself.
            if let Ok(Ok(secured)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                drop(sender.send((secured, address)).await);
            }
        });
    }
}

/// A certificate that can't be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsError(String);

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TlsError {}

impl From<rcgen::Error> for TlsError {
    fn from(error: rcgen::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        Self(error.to_string())
    }
}
