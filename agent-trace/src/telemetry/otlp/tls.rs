//! Certificates, from PEM files.

use std::path::Path;

use tonic::transport::{Certificate, ClientTlsConfig, Identity};

use super::target::Target;

pub(super) fn of_grpc(target: &Target) -> Result<ClientTlsConfig, String> {
    let mut tls = ClientTlsConfig::new();
    tls = match &target.certificate {
        Some(path) => tls.ca_certificate(Certificate::from_pem(read(path)?)),
        None => tls.with_native_roots(),
    };
    if let Some((certificate, key)) = &target.identity {
        tls = tls.identity(Identity::from_pem(read(certificate)?, read(key)?));
    }
    Ok(tls)
}

pub(super) fn of_http(
    mut builder: reqwest::ClientBuilder,
    target: &Target,
) -> Result<reqwest::ClientBuilder, String> {
    let wrong = |path: &Path| format!("{} is no PEM file of what it should be", path.display());
    if let Some(path) = &target.certificate {
        let certificates = reqwest::Certificate::from_pem_bundle(&read(path)?);
        builder = builder.tls_certs_only(certificates.map_err(|_| wrong(path))?);
    }
    if let Some((certificate, key)) = &target.identity {
        let mut pem = read(certificate)?;
        pem.push(b'\n');
        pem.extend(read(key)?);
        let identity = reqwest::Identity::from_pem(&pem).map_err(|_| wrong(certificate))?;
        builder = builder.identity(identity);
    }
    Ok(builder)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}
