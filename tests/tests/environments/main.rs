//! The attributes in the applications that people have: every kind of subscriber, layer, filter and sampler, and
//! everything that may be given as a parent or a link.

mod filters;
mod formats;
mod layers;
mod leaks;
mod operations;
mod relations;
mod sampling;
mod subscribers;
mod support;
mod threads;
