using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;

namespace WanLab.Curation.Tests.Captioning;

public sealed class CameraClaimsTests
{
    [Theory]
    [InlineData("slow pan left over a field", CameraMove.PanLeft)]
    [InlineData("the camera pans slowly to the right", CameraMove.PanRight)]
    [InlineData("A leftward pan across the room", CameraMove.PanLeft)]
    [InlineData("right panning shot", CameraMove.PanRight)]
    [InlineData("panning from left to right", CameraMove.PanRight)]
    [InlineData("pan from the right to the left", CameraMove.PanLeft)]
    [InlineData("right-to-left pan", CameraMove.PanLeft)]
    [InlineData("left to right pan", CameraMove.PanRight)]
    [InlineData("the camera moves left", CameraMove.PanLeft)]
    [InlineData("dolly right past shelves", CameraMove.PanRight)]
    [InlineData("tilt up to the sky", CameraMove.TiltUp)]
    [InlineData("camera slowly tilts downwards", CameraMove.TiltDown)]
    [InlineData("pan up along the tower", CameraMove.TiltUp)]
    [InlineData("the camera rises over roofs", CameraMove.TiltUp)]
    [InlineData("zooming in on a face", CameraMove.ZoomIn)]
    [InlineData("slow zoom out", CameraMove.ZoomOut)]
    [InlineData("push-in on the door", CameraMove.ZoomIn)]
    [InlineData("the camera pulls back slowly", CameraMove.ZoomOut)]
    [InlineData("camera moves closer to the cup", CameraMove.ZoomIn)]
    [InlineData("dolly out", CameraMove.ZoomOut)]
    [InlineData("camera rolls clockwise", CameraMove.RollRight)]
    [InlineData("the camera rolls slowly to the left", CameraMove.RollLeft)]
    [InlineData("orbits to the left around the subject", CameraMove.OrbitLeft)]
    [InlineData("static camera, a fox sleeps", CameraMove.Still)]
    [InlineData("the camera stays perfectly still", CameraMove.Still)]
    [InlineData("镜头缓慢向左平移", CameraMove.PanLeft)]
    [InlineData("镜头推近人物", CameraMove.ZoomIn)]
    [InlineData("固定镜头", CameraMove.Still)]
    public void A_caption_names_the_move_of_the_camera(string caption, CameraMove move) =>
        Assert.Equal([move], CameraClaims.Of(caption).Select(claim => claim.Move).Distinct());

    [Theory]
    [InlineData("a car drives left")]
    [InlineData("a truck left the yard")]
    [InlineData("a frying pan on the left side")]
    [InlineData("he turns right and looks up")]
    [InlineData("the ball rolls right")]
    [InlineData("orbit 360 around the subject")]
    [InlineData("the camera does not pan left")]
    [InlineData("without zooming in")]
    [InlineData("people walk in and out")]
    [InlineData("she pushes the door in")]
    [InlineData("人向左走")]
    public void Words_about_the_subject_say_nothing_of_the_camera(string caption) => Assert.Empty(CameraClaims.Of(caption));

    [Theory]
    [InlineData("pan left", CameraMove.PanRight, 0.6, "pan left")]
    [InlineData("pan left", CameraMove.PanRight, 0.4, null)]
    [InlineData("pan left", CameraMove.PanLeft, 0.9, null)]
    [InlineData("pan left, then pan right", CameraMove.PanRight, 0.9, null)]
    [InlineData("zoom in", CameraMove.PanRight, 0.7, null)]
    [InlineData("zoom in", CameraMove.PanRight, 0.9, "zoom in")]
    [InlineData("pan left", CameraMove.Still, 0.9, "pan left")]
    [InlineData("static camera", CameraMove.ZoomIn, 0.9, "static camera")]
    [InlineData("pan left", CameraMove.Shake, 0.9, null)]
    [InlineData("orbit left", CameraMove.PanLeft, 0.9, null)]
    [InlineData("orbit left", CameraMove.OrbitRight, 0.6, "orbit left")]
    [InlineData("a red house", CameraMove.PanRight, 1.0, null)]
    public void A_measured_motion_contradicts_only_what_was_said_and_only_when_it_is_sure(
        string caption, CameraMove camera, double confidence, string? contradicted) =>
        Assert.Equal(contradicted, CameraClaims.Contradiction(CameraClaims.Of(caption), Motions.Of(camera, confidence))?.Words);

    [Fact]
    public void A_subject_that_turns_may_be_what_the_caption_calls_an_orbit()
    {
        var claims = CameraClaims.Of("orbit left around a vase");
        Assert.Null(CameraClaims.Contradiction(claims, Motions.Of(CameraMove.Still, 0.9) with { Subject = 0.2 }));
        Assert.NotNull(CameraClaims.Contradiction(claims, Motions.Of(CameraMove.Still, 0.9)));
    }
}
