using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace WanLab.Curator;

/// <summary>
/// Lets in only who knows the token: from the address that was printed, it moves into a cookie that no script can read and no other site
/// sends. Changes also need the page's own origin and a header that other origins cannot set. A foreign name for this machine is refused.
/// </summary>
/// <param name="token">The token.</param>
internal sealed class CuratorGuard(string token)
{
    /// <summary>The header that the page sends with every change.</summary>
    public const string Header = "X-WanLab";

    private const string Policy = "default-src 'none'; img-src 'self' data:; media-src 'self'; script-src 'self'; style-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Answers what is refused, or hands the request on.</summary>
    public async Task CheckAsync(HttpContext context, Func<Task> next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        var own = $"http://{request.Host.Value}";
        if (request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            await RefuseAsync(response, "This page is served to this machine alone, as 127.0.0.1 or localhost.");
            return;
        }
        if (request.Headers.Origin is [{ } origin] && origin != own)
        {
            await RefuseAsync(response, "Another page may not use this one.");
            return;
        }
        if (HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Query["token"] is [{ } given] && IsToken(given))
        {
            response.Cookies.Append(Cookie(request), token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict,
                Path = "/" });
            response.Redirect("/"); // so that the token stays in no history
            return;
        }
        if (request.Cookies[Cookie(request)] is not { } known || !IsToken(known))
        {
            await RefuseAsync(response, "Open the address that 'wanlab curate' printed: it holds the token.");
            return;
        }
        if (!HttpMethods.IsGet(request.Method) && (request.Headers.Origin is not [{ } from] || from != own
            || !request.Headers.ContainsKey(Header)))
        {
            await RefuseAsync(response, "Changes are taken from the page itself alone.");
            return;
        }
        await next();
    }

    // Cookies do not know ports: two servers would take each other's.
    private static string Cookie(HttpRequest request) => $"wanlab-curate-{request.Host.Port}";

    private bool IsToken(string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(token));

    private static async Task RefuseAsync(HttpResponse response, string words)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(words);
    }
}
