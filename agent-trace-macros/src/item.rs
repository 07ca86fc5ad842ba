//! The function under the attribute, with its body left as raw tokens: quicker, and it survives half-typed code.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, Result, Signature, Token, Visibility, braced, token};

/// A function item of any kind: free, inherent, of a trait or of its implementation.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) default: Option<Token![default]>,
    pub(crate) signature: Signature,
    /// `None` where a `;` stands for the body.
    pub(crate) body: Option<Body>,
}

/// The body of a function.
pub(crate) struct Body {
    pub(crate) span: Span,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) statements: TokenStream,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let default = if input.peek(Token![default]) {
            Some(input.parse()?)
        } else {
            None
        };
        if let Some(error) = not_a_function(input) {
            return Err(error);
        }
        let signature = input.parse()?;
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else {
            Some(input.parse()?)
        };
        Ok(Self {
            attributes,
            visibility,
            default,
            signature,
            body,
        })
    }
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let content;
        let brace: token::Brace = braced!(content in input);
        let attributes = content.call(Attribute::parse_inner)?;
        Ok(Self {
            span: brace.span.join(),
            attributes,
            statements: content.parse()?,
        })
    }
}

impl Function {
    /// The function's name without `r#`.
    pub(crate) fn name(&self) -> String {
        self.signature.ident.unraw().to_string()
    }

    pub(crate) fn is_track_caller(&self) -> bool {
        self.attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("track_caller"))
    }
}

/// What to say about an item that is no function, or `None` about a function.
fn not_a_function(input: ParseStream<'_>) -> Option<syn::Error> {
    let ahead = input.fork();
    let first = ahead.span();
    let mut last: Option<Ident> = None;
    // Qualifiers of a function are words, and an ABI is a literal; anything else ends the search.
    while let Ok(tree) = ahead.parse::<TokenTree>() {
        match tree {
            TokenTree::Ident(word) if word == "fn" => return None,
            TokenTree::Ident(word) => {
                last.get_or_insert(word);
            }
            TokenTree::Literal(_) => {}
            TokenTree::Punct(_) | TokenTree::Group(_) => break,
        }
    }
    let found = last.as_ref().map(Ident::to_string).unwrap_or_default();
    let advice = match found.as_str() {
        "impl" => "an `impl` block has no span: put the attribute on its methods",
        "trait" => "a trait has no span: put the attribute on its methods that have a body",
        "mod" => "a module has no span: put the attribute on its functions",
        "struct" | "enum" | "union" => {
            "a type has no span: put the attribute on the functions that do the work"
        }
        "move" | "async" | "" => {
            "a closure or a block cannot carry it: move the code into a function"
        }
        _ => "only functions and methods with a body can be instrumented",
    };
    Some(syn::Error::new(first, advice))
}

/// Whether `tokens` contain the word, at any depth.
pub(crate) fn mentions(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => mentions(group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The first paragraph of the doc comment in one line.
pub(crate) fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(doc) = &attribute.meta else {
            return None;
        };
        match &doc.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) if doc.path.is_ident("doc") => Some(text.value()),
            _ => None,
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let paragraph = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty());
    paragraph.collect::<Vec<_>>().join(" ")
}
