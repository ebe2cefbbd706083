namespace WanLab.Base.Tests;

public sealed class CacheFolderTests
{
    [Theory]
    [InlineData("/own", "/xdg", "/own")]
    [InlineData(null, "/xdg", "/xdg/wanlab")]
    [InlineData("", "relative", "/home/me/.cache/wanlab")]
    [InlineData(null, null, "/home/me/.cache/wanlab")]
    public void The_users_wish_comes_before_the_systems(string? own, string? xdg, string expected)
    {
        Assert.Equal(expected, CacheFolder.Resolve(name => name switch
        {
            "WANLAB_CACHE" => own,
            "XDG_CACHE_HOME" => xdg,
            "HOME" => "/home/me",
            _ => null
        }));
    }
}
