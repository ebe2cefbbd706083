using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// Draws scenes by casting rays onto simple solids: one key light with a soft shadow on the floor, light from the sky
/// and from the floor, distance haze, eight samples per pixel. On one machine the same scene gives the same bytes.
/// </summary>
internal static class SceneRenderer
{
    // Eight rooks: each sample has its own row and column, which smooths horizontal and vertical edges best.
    private static readonly Vector2[] Samples =
        [.. new[] { (0, 3), (1, 6), (2, 1), (3, 4), (4, 7), (5, 2), (6, 5), (7, 0) }
            .Select(s => new Vector2((s.Item1 + 0.5f) / 8, (s.Item2 + 0.5f) / 8))];

    /// <summary>Draws a clip.</summary>
    /// <param name="scene">The scene to draw.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="frames">Number of frames, at least 1.</param>
    /// <param name="fps">Frames a second; frame i is the scene at i/fps seconds.</param>
    /// <returns>RGB24 bytes [frames, height, width, 3], sRGB.</returns>
    public static byte[] Render(SceneDescription scene, int width, int height, int frames, double fps = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fps);
        var stage = new Stage(scene);
        var size = checked(width * height * 3);
        var pixels = new byte[checked(size * frames)];
        for (var i = 0; i < frames; i++)
            DrawFrame(stage, scene, i / fps, width, height, pixels.AsSpan(i * size, size));
        return pixels;
    }

    private static void DrawFrame(Stage stage, SceneDescription scene, double seconds, int width, int height, Span<byte> pixels)
    {
        var camera = CameraPath.At(scene, seconds);
        var shorter = Math.Min(width, height);
        var scale = 2 * camera.HalfWidth / shorter;
        var corner = camera.HalfWidth * MathF.Sqrt((float)width * width + (float)height * height) / shorter;
        var tracer = new FrameTracer(stage, camera, SubjectPath.At(scene, seconds), 0.6f * scale, corner);
        var at = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var sum = Vector3.Zero;
                foreach (var sample in Samples)
                {
                    var right = (x + sample.X - width / 2f) * scale;
                    var up = (height / 2f - y - sample.Y) * scale;
                    // Samples are clipped one by one, so that a bright spot has a smooth edge too.
                    sum += Vector3.Min(Vector3.One,
                        tracer.Trace(Vector3.Normalize(camera.Forward + right * camera.Right + up * camera.Up)));
                }
                pixels[at++] = Paint.Encode(sum.X / Samples.Length);
                pixels[at++] = Paint.Encode(sum.Y / Samples.Length);
                pixels[at++] = Paint.Encode(sum.Z / Samples.Length);
            }
        if (scene.Look == Look.Neon) NeonLook.Apply(pixels, width, height);
    }
}
