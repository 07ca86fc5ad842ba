//! The arguments as bindings: what they are called outside, and how they are bound again inside.
//!
//! The body runs in a closure or a future of its own. Every argument that owns something is moved there and bound again
//! in the order of declaration, so that arguments are dropped where and when they would be without the attribute.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, FnArg, Ident, Pat, PatIdent, Signature, Token, Type};

/// A name that the arguments bind.
pub(crate) struct Binding {
    attributes: Vec<Attribute>,
    mutability: Option<Token![mut]>,
    pub(crate) ident: Ident,
    /// Whether it has to be bound again for the sake of its drop or of its `mut`.
    rebound: bool,
    /// Whether an option uses it, so that the compiler must not call it unused where the body does not.
    used: bool,
    /// Whether it may be a request, a client or another type that the runtime recognises.
    pub(crate) probed: bool,
    /// Whether it is the user's own name, and not one that stands for `_`.
    pub(crate) named: bool,
}

impl ToTokens for Binding {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            attributes,
            mutability,
            ident,
            rebound,
            used,
            ..
        } = self;
        if !rebound {
            return;
        }
        let used = used.then(|| quote!(#[allow(unused_variables)]));
        // To bind it again is no use of an argument that the user marked as unused.
        let unused = ident.to_string().starts_with('_').then(|| {
            quote! {
                #[allow(clippy::no_effect_underscore_binding, clippy::used_underscore_binding)]
            }
        });
        tokens.extend(quote! {
            #used #unused #[allow(clippy::shadow_same)] #(#attributes)*
            let #mutability #ident = #ident;
        });
    }
}

impl Binding {
    fn new(ident: Ident, mutability: Option<Token![mut]>) -> Self {
        Self {
            attributes: Vec::new(),
            mutability,
            ident,
            rebound: true,
            used: false,
            probed: true,
            named: true,
        }
    }

    /// Marks the bindings that `expressions` use.
    pub(crate) fn mark_used(bindings: &mut [Self], expressions: &TokenStream) {
        for binding in bindings {
            binding.used = uses(expressions.clone(), &binding.ident.to_string());
        }
    }
}

/// Whether the tokens name a variable, also inside the braces of a format string.
fn uses(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => uses(group.stream(), name),
        TokenTree::Literal(literal) => literal.to_string().contains(&format!("{{{name}")),
        TokenTree::Punct(_) => false,
    })
}

/// Takes the bindings out of a signature.
///
/// What remains in it is what callers see: no `mut`, no lint attributes, and a name for each `_` that owns something.
pub(crate) fn take(signature: &mut Signature) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for (position, input) in signature.inputs.iter_mut().enumerate() {
        let FnArg::Typed(input) = input else { continue };
        let first = bindings.len();
        if matches!(*input.pat, Pat::Wild(_)) && !drops_nothing(&input.ty) {
            // An unnamed argument lives as long as the call; only a name can be moved along with the others.
            let ident = format_ident!("__agent_trace_argument_{position}");
            *input.pat = Pat::Ident(PatIdent {
                attrs: Vec::new(),
                by_ref: None,
                mutability: None,
                ident: ident.clone(),
                subpat: None,
            });
            bindings.push(Binding {
                named: false,
                probed: false,
                ..Binding::new(ident, None)
            });
        } else {
            collect(&mut input.pat, &mut bindings);
        }
        let plain = is_plain(&input.ty);
        let conditional = input.attrs.iter().any(is_conditional);
        let bound = &mut bindings[first..];
        let rebound =
            !drops_nothing(&input.ty) || bound.iter().any(|binding| binding.mutability.is_some());
        for binding in bound {
            binding.probed &= !plain && !conditional;
            binding.rebound = rebound;
            binding.attributes.clone_from(&input.attrs);
        }
        if rebound {
            input.attrs.retain(is_conditional);
        }
    }
    bindings
}

/// Adds the names that a pattern binds, and removes `mut` from them.
fn collect(pattern: &mut Pat, bindings: &mut Vec<Binding>) {
    match pattern {
        Pat::Ident(pattern) => {
            let mutability = if pattern.by_ref.is_none() {
                pattern.mutability.take()
            } else {
                None
            };
            // A name in capitals is a constant or a unit struct, which binds nothing.
            let binds = !pattern.ident.to_string().starts_with(char::is_uppercase)
                || pattern.subpat.is_some();
            if binds {
                let ident = pattern.ident.clone();
                bindings.push(Binding::new(ident, mutability));
            }
            if let Some((_, pattern)) = &mut pattern.subpat {
                collect(pattern, bindings);
            }
        }
        Pat::Paren(pattern) => collect(&mut pattern.pat, bindings),
        Pat::Reference(pattern) => collect(&mut pattern.pat, bindings),
        Pat::Slice(pattern) => pattern
            .elems
            .iter_mut()
            .for_each(|pattern| collect(pattern, bindings)),
        Pat::Tuple(pattern) => pattern
            .elems
            .iter_mut()
            .for_each(|pattern| collect(pattern, bindings)),
        Pat::TupleStruct(pattern) => pattern
            .elems
            .iter_mut()
            .for_each(|pattern| collect(pattern, bindings)),
        Pat::Struct(pattern) => pattern
            .fields
            .iter_mut()
            .for_each(|field| collect(&mut field.pat, bindings)),
        Pat::Type(pattern) => collect(&mut pattern.pat, bindings),
        // Every alternative binds the same names, so the first would do; but `mut` has to go from all.
        Pat::Or(pattern) => {
            let mut again = Vec::new();
            for (position, pattern) in pattern.cases.iter_mut().enumerate() {
                collect(
                    pattern,
                    if position == 0 {
                        &mut *bindings
                    } else {
                        &mut again
                    },
                );
            }
        }
        _ => {}
    }
}

fn is_conditional(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
}

/// Whether a value of the type owns nothing.
fn drops_nothing(ty: &Type) -> bool {
    let string = matches!(ty, Type::Path(ty) if ty.path.segments.last().is_some_and(|it| it.ident == "String"));
    matches!(ty, Type::Reference(_) | Type::Ptr(_)) || is_plain(ty) && !string
}

/// Whether the type is obviously no request: a number, a text, or a reference to one.
fn is_plain(ty: &Type) -> bool {
    const PLAIN: &[&str] = &[
        "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16",
        "i32", "i64", "i128", "isize", "f32", "f64",
    ];
    match ty {
        Type::Reference(ty) => is_plain(&ty.elem),
        Type::Group(ty) => is_plain(&ty.elem),
        Type::Paren(ty) => is_plain(&ty.elem),
        Type::Path(ty) => ty
            .path
            .get_ident()
            .is_some_and(|ident| PLAIN.iter().any(|plain| ident == plain)),
        _ => false,
    }
}
