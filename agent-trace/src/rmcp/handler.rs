//! What `rmcp` takes only as a handler: its HTTP server does.
#![allow(
    deprecated,
    reason = "who still has what the protocol is about to drop keeps it"
)]

use super::exchange::Exchange;
use super::request::About;
use super::server::TracedService;
use crate::ambient::Scope;
use crate::propagation::{Propagator, TrustMode};
use ::rmcp::model::{
    CallToolRequestMethod, CallToolRequestParams, CallToolResponse, CancelTaskMethod,
    CancelTaskParams, CancelledNotificationParam, CompleteRequestMethod, CompleteRequestParams,
    CompleteResult, ConstString as _, CustomNotification, CustomRequest, CustomResult,
    DiscoverRequestMethod, DiscoverResult, GetPromptRequestMethod, GetPromptRequestParams,
    GetPromptResponse, GetSkillRequestMethod, GetSkillRequestParams, GetSkillResult, GetTaskMethod,
    GetTaskParams, GetTaskResult, InitializeRequestParams, InitializeResult,
    InitializeResultMethod, ListPromptsRequestMethod, ListPromptsResult,
    ListResourceTemplatesRequestMethod, ListResourceTemplatesResult, ListResourcesRequestMethod,
    ListResourcesResult, ListSkillsRequestMethod, ListSkillsResult, ListToolsRequestMethod,
    ListToolsResult, PaginatedRequestParams, PingRequestMethod, ProgressNotificationParam,
    ProtocolVersion, ReadResourceDirectoryRequestMethod, ReadResourceDirectoryRequestParams,
    ReadResourceDirectoryResult, ReadResourceRequestMethod, ReadResourceRequestParams,
    ReadResourceResponse, ServerConfig, SetLevelRequestMethod, SetLevelRequestParams,
    SubscribeRequestMethod, SubscribeRequestParams, SubscriptionFilter, Tool,
    UnsubscribeRequestMethod, UnsubscribeRequestParams, UpdateTaskMethod, UpdateTaskParams,
};
use ::rmcp::service::{NotificationContext, RequestContext, RoleServer, SubscriptionContext};
use ::rmcp::{ErrorData, ServerHandler};
use std::borrow::Cow;
use std::future::Future;
use tracing::Instrument as _;

/// A handler whose requests are traced, where a handler is needed and no service will do: that is `rmcp`'s
/// `StreamableHttpService`. Everywhere else [`TracedService`] says more, because it also sees what `rmcp` refuses before
/// a handler is asked, and subscriptions.
///
/// ```
/// use agent_trace::rmcp::TracedHandler;
///
/// # struct Weather;
/// # impl rmcp::ServerHandler for Weather {}
/// // What `StreamableHttpService::new` is given as its factory.
/// let factory = || Ok::<_, std::io::Error>(TracedHandler::new(Weather));
/// # let _ = factory();
/// ```
#[derive(Clone, Debug)]
pub struct TracedHandler<H>(TracedService<H>);

impl<H> TracedHandler<H> {
    /// With the propagator of this process, and a client that is [trusted](TrustMode::Trust).
    pub fn new(handler: H) -> Self {
        Self(TracedService::new(handler))
    }

    /// What the client's context is worth. A server for strangers takes [`TrustMode::Link`].
    #[must_use]
    pub fn trust(self, mode: TrustMode) -> Self {
        Self(self.0.trust(mode))
    }

    /// Reads `_meta` with another propagator than that of this process.
    #[must_use]
    pub fn propagator(self, propagator: Propagator) -> Self {
        Self(self.0.propagator(propagator))
    }

    fn begin(&self, method: &str, context: &RequestContext<RoleServer>) -> (Exchange, Scope) {
        let about = About {
            method,
            ..About::default()
        };
        self.0.begin(&about, context)
    }
}

async fn run<T>(
    (mut exchange, scope): (Exchange, Scope),
    handled: impl Future<Output = Result<T, ErrorData>>,
    is_tool_error: impl Fn(&T) -> bool,
) -> Result<T, ErrorData> {
    let span = exchange.span();
    let result = scope.run_async(handled).instrument(span).await;
    match &result {
        Ok(result) => exchange.answered(is_tool_error(result)),
        Err(error) => exchange.error(error),
    }
    result
}

/// Requests of which the method is all there is to say.
macro_rules! requests {
    ($($name:ident($($params:ident: $type:ty)?) -> $result:ty, $method:ty;)*) => {$(
        async fn $name(
            &self,
            $($params: $type,)?
            context: RequestContext<RoleServer>,
        ) -> Result<$result, ErrorData> {
            let begun = self.begin(<$method>::VALUE, &context);
            run(begun, self.0.service().$name($($params,)? context), |_| false).await
        }
    )*};
}

impl<H: ServerHandler> ServerHandler for TracedHandler<H> {
    requests! {
        ping() -> (), PingRequestMethod;
        initialize(params: InitializeRequestParams) -> InitializeResult, InitializeResultMethod;
        discover() -> DiscoverResult, DiscoverRequestMethod;
        complete(params: CompleteRequestParams) -> CompleteResult, CompleteRequestMethod;
        set_level(params: SetLevelRequestParams) -> (), SetLevelRequestMethod;
        list_prompts(params: Option<PaginatedRequestParams>) -> ListPromptsResult, ListPromptsRequestMethod;
        list_resources(params: Option<PaginatedRequestParams>) -> ListResourcesResult, ListResourcesRequestMethod;
        list_resource_templates(params: Option<PaginatedRequestParams>) -> ListResourceTemplatesResult, ListResourceTemplatesRequestMethod;
        subscribe(params: SubscribeRequestParams) -> (), SubscribeRequestMethod;
        unsubscribe(params: UnsubscribeRequestParams) -> (), UnsubscribeRequestMethod;
        list_tools(params: Option<PaginatedRequestParams>) -> ListToolsResult, ListToolsRequestMethod;
        get_task(params: GetTaskParams) -> GetTaskResult, GetTaskMethod;
        update_task(params: UpdateTaskParams) -> (), UpdateTaskMethod;
        cancel_task(params: CancelTaskParams) -> (), CancelTaskMethod;
        list_skills(params: Option<PaginatedRequestParams>) -> ListSkillsResult, ListSkillsRequestMethod;
        get_skill(params: GetSkillRequestParams) -> GetSkillResult, GetSkillRequestMethod;
        read_resource_directory(params: ReadResourceDirectoryRequestParams) -> ReadResourceDirectoryResult, ReadResourceDirectoryRequestMethod;
    }

    async fn call_tool(
        &self,
        params: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let about = About {
            method: CallToolRequestMethod::VALUE,
            tool: Some(&params.name),
            ..About::default()
        };
        let begun = self.0.begin(&about, &context);
        let handled = self.0.service().call_tool(params, context);
        run(begun, handled, |response| {
            matches!(response, CallToolResponse::Complete(result) if result.is_error == Some(true))
        })
        .await
    }

    async fn get_prompt(
        &self,
        params: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let about = About {
            method: GetPromptRequestMethod::VALUE,
            prompt: Some(&params.name),
            ..About::default()
        };
        let begun = self.0.begin(&about, &context);
        let handled = self.0.service().get_prompt(params, context);
        run(begun, handled, |_| false).await
    }

    async fn read_resource(
        &self,
        params: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let about = About {
            method: ReadResourceRequestMethod::VALUE,
            resource: Some(&params.uri),
            ..About::default()
        };
        let begun = self.0.begin(&about, &context);
        let handled = self.0.service().read_resource(params, context);
        run(begun, handled, |_| false).await
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let begun = self.begin(&request.method, &context);
        let handled = self.0.service().on_custom_request(request, context);
        run(begun, handled, |_| false).await
    }

    fn get_info(&self) -> ServerConfig {
        self.0.service().get_info()
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        self.0.service().get_tool(name)
    }

    fn negotiate_initialize(
        &self,
        request: &InitializeRequestParams,
    ) -> Result<InitializeResult, ErrorData> {
        self.0.service().negotiate_initialize(request)
    }

    fn supported_protocol_versions(&self) -> Cow<'static, [ProtocolVersion]> {
        ServerHandler::supported_protocol_versions(self.0.service())
    }

    fn accepted_subscription_filter(
        &self,
        requested: &SubscriptionFilter,
    ) -> Option<SubscriptionFilter> {
        self.0.service().accepted_subscription_filter(requested)
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        self.0.service().listen(context).await
    }

    async fn on_cancelled(
        &self,
        params: CancelledNotificationParam,
        context: NotificationContext<RoleServer>,
    ) {
        self.0.service().on_cancelled(params, context).await;
    }

    async fn on_progress(
        &self,
        params: ProgressNotificationParam,
        context: NotificationContext<RoleServer>,
    ) {
        self.0.service().on_progress(params, context).await;
    }

    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        self.0.service().on_initialized(context).await;
    }

    async fn on_roots_list_changed(&self, context: NotificationContext<RoleServer>) {
        self.0.service().on_roots_list_changed(context).await;
    }

    async fn on_custom_notification(
        &self,
        notification: CustomNotification,
        context: NotificationContext<RoleServer>,
    ) {
        let service = self.0.service();
        service.on_custom_notification(notification, context).await;
    }
}
