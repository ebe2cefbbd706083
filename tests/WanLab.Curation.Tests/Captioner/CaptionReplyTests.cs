using WanLab.Captioner;

namespace WanLab.Curation.Tests.Captioner;

public sealed class CaptionReplyTests
{
    [Theory]
    [InlineData("""{"caption": "a fox"}""", "a fox")]
    [InlineData("""{"text": "a fox", "tags": []}""", "a fox")]
    [InlineData("```json\n{\"caption\": \"a\\n fox\"}\n```", "a fox")]
    [InlineData("<think>Hm, {\"caption\": 3}.</think>\n{\"caption\": \"a fox\"}", "a fox")]
    [InlineData("a fox\n\nin snow ", "a fox in snow")]
    [InlineData("\"a fox\"", "a fox")]
    [InlineData("\"a\" fox \"b\"", "\"a\" fox \"b\"")]
    [InlineData("**Caption:** a fox", "a fox")]
    [InlineData("a fox: {red}", "a fox: {red}")]
    [InlineData("{\"caption\": \"\"}", null)]
    [InlineData("{\"caption\": 3}", null)]
    [InlineData("{\"caption\": \"a f", null)]
    [InlineData("[]", null)]
    [InlineData("<think>never done", null)]
    [InlineData("  ", null)]
    public void A_caption_is_taken_out_of_any_form(string answer, string? caption) => Assert.Equal(caption, CaptionReply.Caption(answer));

    [Theory]
    [InlineData("I'm sorry, but I can't help with that.", true)]
    [InlineData("I cannot describe people.", true)]
    [InlineData("A sorry-looking fox", false)]
    public void A_refusal_is_no_caption(string text, bool refuses) => Assert.Equal(refuses, CaptionReply.IsRefusal(text));

    [Theory]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1")]
    [InlineData("http://localhost:1234/v1/", "http://localhost:1234/v1")]
    [InlineData("https://host.example/api/v1/chat/completions", "https://host.example/api/v1")]
    public void An_endpoint_is_completed(string text, string address) => Assert.Equal(address, CaptionEndpoint.Parse(text).ToString());

    [Theory]
    [InlineData("localhost:11434")]
    [InlineData("ftp://host/v1")]
    [InlineData("https://me:secret@host/v1")]
    [InlineData("https://host/v1?key=secret")]
    public void An_endpoint_that_is_none_or_holds_a_key_is_refused_without_repeating_it(string text) =>
        Assert.DoesNotContain("secret", Assert.Throws<WanLabException>(() => CaptionEndpoint.Parse(text)).Message);

    [Theory]
    [InlineData("https://host/v1", "own", "common", "own")]
    [InlineData("https://host/v1", null, "common", "common")]
    [InlineData("http://host/v1", "own", "common", "own")]
    [InlineData("http://host/v1", null, "common", "none")]
    [InlineData("https://localhost/v1", null, "common", "none")]
    [InlineData("https://host/v1", " ", " ", "none")]
    public void A_key_that_was_set_for_another_server_is_sent_over_encrypted_connections_only(
        string endpoint, string? own, string? common, string sent) =>
        Assert.Equal(sent, CaptionKey.Read(name => name == "WANLAB_CAPTION_KEY" ? own : name == "OPENAI_API_KEY" ? common : null,
            CaptionEndpoint.Parse(endpoint)).ToSend());
}
