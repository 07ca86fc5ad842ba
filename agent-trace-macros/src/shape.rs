//! What a function returns, as far as its signature tells.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    GenericArgument, PathArguments, PathSegment, ReturnType, Signature, Type, TypeParamBound,
};

use crate::item::mentions;

/// How the call and its value come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An `async fn`.
    Async,
    /// A function that returns `impl Future`.
    Future,
    /// A function that returns `impl Stream`.
    Stream,
    /// Any other function; futures and streams in a box are recognised by the compiler.
    Plain,
}

/// What the value, that of the future if there is one, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Yield {
    /// Anything; streams in a box are recognised by the compiler.
    Value,
    /// An `impl Stream`.
    Stream,
    /// A `Result` of an `impl Stream`.
    TryStream,
}

/// All that the expansion needs to know of the return type.
pub(crate) struct Returns {
    pub(crate) shape: Shape,
    pub(crate) yields: Yield,
    /// Whether the value is a stream by the look of its type: then `error` and `result` are for its items.
    pub(crate) streams: bool,
    /// Whether the value is `!`, so that there is never one.
    pub(crate) never: bool,
    /// Whether the declared type is `()`.
    pub(crate) unit: bool,
    /// The type that the body has, with `_` for each `impl Trait`; `None` where it cannot be named at all.
    pub(crate) body: Option<TokenStream>,
    /// The type of the value, likewise.
    pub(crate) value: Option<TokenStream>,
    /// The type of the items of an `impl Stream`, likewise.
    pub(crate) item: Option<TokenStream>,
}

impl Returns {
    pub(crate) fn of(signature: &Signature) -> Self {
        let unit = Type::Tuple(syn::TypeTuple {
            attrs: Vec::new(),
            paren_token: syn::token::Paren::default(),
            elems: syn::punctuated::Punctuated::new(),
        });
        let declared = match &signature.output {
            ReturnType::Default => &unit,
            ReturnType::Type(_, declared) => without_groups(declared),
        };
        let is_async = signature.asyncness.is_some();
        let output = impl_trait(declared, |name| name == "Future");
        let (shape, value) = match output {
            _ if is_async => (Shape::Async, Some(declared)),
            Some(bound) => (Shape::Future, associated(bound, "Output")),
            None if is_impl_stream(declared) => (Shape::Stream, Some(declared)),
            None => (Shape::Plain, Some(declared)),
        };
        let yields = match value {
            Some(value) if is_impl_stream(value) => Yield::Stream,
            Some(value) if ok_type(value).is_some_and(is_impl_stream) => Yield::TryStream,
            _ => Yield::Value,
        };
        Self {
            shape,
            yields,
            streams: value.is_some_and(looks_like_stream),
            never: matches!(declared, Type::Never(_)),
            unit: matches!(declared, Type::Tuple(tuple) if tuple.elems.is_empty()),
            body: nameable(declared),
            value: value.and_then(nameable),
            item: value
                .and_then(|value| impl_stream(ok_type(value).unwrap_or(value)))
                .and_then(|bound| associated(bound, "Item"))
                .and_then(nameable),
        }
    }
}

fn without_groups(ty: &Type) -> &Type {
    match ty {
        Type::Group(ty) => without_groups(&ty.elem),
        Type::Paren(ty) => without_groups(&ty.elem),
        _ => ty,
    }
}

/// The last segment of a bound of `impl ..` or `dyn ..` whose name is wanted.
fn find_bound<'a>(
    bounds: impl IntoIterator<Item = &'a TypeParamBound>,
    wanted: impl Fn(&str) -> bool,
) -> Option<&'a PathSegment> {
    bounds.into_iter().find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .filter(|last| wanted(&last.ident.to_string())),
        _ => None,
    })
}

fn impl_trait(ty: &Type, wanted: impl Fn(&str) -> bool) -> Option<&PathSegment> {
    match ty {
        Type::ImplTrait(ty) => find_bound(&ty.bounds, wanted),
        _ => None,
    }
}

fn impl_stream(ty: &Type) -> Option<&PathSegment> {
    impl_trait(without_groups(ty), |name| name.ends_with("Stream"))
}

fn is_impl_stream(ty: &Type) -> bool {
    impl_stream(ty).is_some()
}

/// The type given for an associated type of a bound: `T` of `Future<Output = T>`.
fn associated<'a>(bound: &'a PathSegment, name: &str) -> Option<&'a Type> {
    let PathArguments::AngleBracketed(arguments) = &bound.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(given) if given.ident == name => Some(without_groups(&given.ty)),
        _ => None,
    })
}

/// The first type argument of a path whose last segment is `name`.
fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(ty) = ty else { return None };
    let last = ty.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(without_groups(ty)),
        _ => None,
    })
}

fn ok_type(ty: &Type) -> Option<&Type> {
    argument(without_groups(ty), "Result")
}

/// Whether a type is a stream by its name: `impl Stream`, `BoxStream<..>`, `Pin<Box<dyn Stream>>`, or a `Result` of one.
fn looks_like_stream(ty: &Type) -> bool {
    /// Streams of bytes, which are no streams of items.
    const BYTES: &[&str] = &["TcpStream", "UnixStream", "TlsStream", "DuplexStream"];
    let is_stream = |name: &str| name.ends_with("Stream") && !BYTES.contains(&name);
    let ty = without_groups(ty);
    if let Some(inner) = argument(ty, "Result")
        .or_else(|| argument(ty, "Pin"))
        .or_else(|| argument(ty, "Box"))
    {
        return looks_like_stream(inner);
    }
    match ty {
        Type::ImplTrait(ty) => find_bound(&ty.bounds, is_stream).is_some(),
        Type::TraitObject(ty) => find_bound(&ty.bounds, is_stream).is_some(),
        Type::Path(ty) => ty
            .path
            .segments
            .last()
            .is_some_and(|last| is_stream(&last.ident.to_string())),
        _ => false,
    }
}

/// The type with `_` for each `impl Trait`, or `None` where that says nothing or cannot be said.
fn nameable(ty: &Type) -> Option<TokenStream> {
    if matches!(ty, Type::ImplTrait(_) | Type::Never(_)) {
        return None;
    }
    let mut ty = ty.clone();
    erase(&mut ty);
    let tokens = ty.into_token_stream();
    if mentions(tokens.clone(), "impl") {
        None
    } else {
        Some(tokens)
    }
}

fn erase(ty: &mut Type) {
    match ty {
        Type::ImplTrait(_) => *ty = Type::Verbatim(quote!(_)),
        Type::Group(ty) => erase(&mut ty.elem),
        Type::Paren(ty) => erase(&mut ty.elem),
        Type::Reference(ty) => erase(&mut ty.elem),
        Type::Slice(ty) => erase(&mut ty.elem),
        Type::Array(ty) => erase(&mut ty.elem),
        Type::Tuple(ty) => ty.elems.iter_mut().for_each(erase),
        Type::Path(ty) => {
            for segment in &mut ty.path.segments {
                let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else {
                    continue;
                };
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(ty) = argument {
                        erase(ty);
                    }
                }
            }
        }
        _ => {}
    }
}
