package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// certificates are files of a place: an authority, what it has signed for loopback, and the key of service accounts.
type certificates struct {
	authority, certificate, key, serviceAccountKey string
	pool                                           *x509.CertPool
}

func (p *place) makeCertificates() (*certificates, error) {
	var signing, serving, accounts *ecdsa.PrivateKey
	for _, key := range []**ecdsa.PrivateKey{&signing, &serving, &accounts} {
		made, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		*key = made
	}
	authority := template(1, "servers-ca")
	authority.IsCA, authority.BasicConstraintsValid, authority.KeyUsage = true, true, x509.KeyUsageCertSign
	authorityDER, err := x509.CreateCertificate(rand.Reader, authority, authority, signing.Public(), signing)
	if err != nil {
		return nil, err
	}
	server := template(2, "servers")
	server.KeyUsage, server.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.IPAddresses, server.DNSNames = []net.IP{net.ParseIP(host)}, []string{"localhost"}
	serverDER, err := x509.CreateCertificate(rand.Reader, server, authority, serving.Public(), signing)
	if err != nil {
		return nil, err
	}

	made := &certificates{pool: x509.NewCertPool()}
	parsed, err := x509.ParseCertificate(authorityDER)
	if err != nil {
		return nil, err
	}
	made.pool.AddCert(parsed)
	if made.authority, err = p.write("ca.crt", encoded("CERTIFICATE", authorityDER)); err != nil {
		return nil, err
	}
	if made.certificate, err = p.write("server.crt", encoded("CERTIFICATE", serverDER)); err != nil {
		return nil, err
	}
	if made.key, err = p.writeKey("server.key", serving); err != nil {
		return nil, err
	}
	made.serviceAccountKey, err = p.writeKey("service-account.key", accounts)
	return made, err
}

func template(serial int64, name string) *x509.Certificate {
	return &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(30 * 24 * time.Hour)}
}

func (p *place) writeKey(name string, key *ecdsa.PrivateKey) (string, error) {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return "", err
	}
	return p.write(name, encoded("EC PRIVATE KEY", der))
}

func encoded(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
