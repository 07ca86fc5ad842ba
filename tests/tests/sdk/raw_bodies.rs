//! Functions that speak HTTP themselves.
