import HTTPTypes
import Hummingbird
import NIOCore

/// The page's files and the contracts, as they were when the process started.
package struct Pages: Sendable {
    /// Serves both `/` and `/s/<room>`: which one it is, the page finds out itself.
    let index: Response
    let openAPI: Response
    let asyncAPI: Response
    /// Of the page and its scripts; nil where it was not built.
    let securityPolicy: String?
    /// Files under `assets/`, whose names hold a hash of what they hold.
    let assets: FileMiddleware<GatewayRequestContext, LocalFileSystem>

    /// `indexHTML` may be nil: a gateway behind a proxy that serves the page itself.
    package init(
        directory: String,
        indexHTML: String?,
        securityPolicy: String?,
        openAPI: String,
        asyncAPI: String
    ) {
        var page = Self.text(indexHTML ?? "", type: "text/html; charset=utf-8")
        if indexHTML == nil { page.status = .notFound }
        page.headers[.cacheControl] = "no-cache"
        index = page
        self.securityPolicy = securityPolicy
        self.openAPI = Self.text(openAPI, type: "application/yaml")
        self.asyncAPI = Self.text(asyncAPI, type: "application/yaml")
        assets = FileMiddleware(
            directory,
            cacheControl: .init([
                (MediaType(type: .any), [.public, .maxAge(31_536_000), .immutable])
            ])
        )
    }

    private static func text(_ text: String, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
