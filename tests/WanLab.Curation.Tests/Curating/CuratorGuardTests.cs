using System.Net;
using System.Text;

namespace WanLab.Curation.Tests.Curating;

public sealed class CuratorGuardTests
{
    [Fact]
    public async Task Nothing_is_answered_without_the_token()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"]);
        using var client = new HttpClient();
        foreach (var path in (string[])["", "?token=wrong", "page.js", "api/state", "clip/a.mp4", "strip/a.mp4", "preview/a.mp4"])
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(folder.Root + path))).StatusCode);
    }

    [Fact]
    public async Task The_token_moves_from_the_address_into_a_cookie_that_scripts_and_other_sites_do_not_see()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"]);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        var answer = await client.GetAsync(new Uri(folder.Address));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_origin_or_a_foreign_name_is_refused_although_it_has_the_cookie()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"]);
        using var client = await ClientAsync(folder);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(folder.Root + "api/state"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await Send(client, folder, HttpMethod.Get, "api/state", "http://elsewhere.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await Send(client, folder, HttpMethod.Get, "api/state", null, host: "elsewhere.example"));
        // Changes: from another origin, from none, or without the page's header.
        var own = folder.Root.TrimEnd('/');
        foreach (var (origin, header) in ((string?, bool)[])[("http://elsewhere.example", true), (null, true), (own, false)])
            Assert.Equal(HttpStatusCode.Forbidden, await Send(client, folder, HttpMethod.Post, "api/caption", origin, header: header));
        Assert.Equal("", folder.Caption("a.mp4"));
        Assert.Equal(HttpStatusCode.NoContent, await Send(client, folder, HttpMethod.Post, "api/caption", own, header: true));
        Assert.Equal("b", folder.Caption("a.mp4"));
    }

    [Theory]
    [InlineData("clip/..%2Fsecret.mp4")]
    [InlineData("clip/%2E%2E%2Fsecret.mp4")]
    [InlineData("clip/..%5Csecret.mp4")]
    [InlineData("preview/..%2Fsecret.mp4")]
    [InlineData("strip/..%2Fsecret.mp4")]
    [InlineData("clip/notes.txt")]
    [InlineData("clip/curation.json")]
    public async Task Only_clips_of_the_folder_are_served(string path)
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"]);
        File.Copy(Path.Combine(folder.Clips, "a.mp4"), Path.Combine(folder.Above, "secret.mp4"));
        foreach (var name in (string[])["notes.txt", "curation.json"]) await File.WriteAllTextAsync(Path.Combine(folder.Clips, name), "{}");
        using var client = await ClientAsync(folder);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(folder.Root + path))).StatusCode);
    }

    private static async Task<HttpClient> ClientAsync(CuratedFolder folder)
    {
        var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(folder.Address))).StatusCode);
        return client;
    }

    private static async Task<HttpStatusCode> Send(HttpClient client, CuratedFolder folder, HttpMethod method, string path, string? origin,
        string? host = null, bool header = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(folder.Root + path));
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (host is not null) request.Headers.Host = host;
        if (header) request.Headers.Add("X-WanLab", "1");
        if (method == HttpMethod.Post)
            request.Content = new StringContent("""{"clip":"a.mp4","text":"b","before":""}""", Encoding.UTF8, "application/json");
        return (await client.SendAsync(request)).StatusCode;
    }
}
