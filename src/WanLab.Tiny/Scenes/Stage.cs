namespace WanLab.Tiny.Scenes;

/// <summary>The parts of a scene that stay the same from frame to frame, built once per clip.</summary>
internal sealed class Stage(SceneDescription scene)
{
    private float _turn = float.NaN;
    private (ShadowMap Key, ShadowMap Contact) _shadows;

    public Floor Floor { get; } = scene.Floor;

    public Sky Sky { get; } = Sky.Of(scene.Background);

    public Part[] Subject { get; } = SubjectParts.Of(scene.Subject, scene.Color);

    public Part[] Props { get; } = Surroundings.Of(scene.PropLayout);

    /// <summary>
    /// The subject's shadows at a turn: that of the key light, and the dim patch right below it. Kept while the turn stays the same.
    /// </summary>
    public (ShadowMap Key, ShadowMap Contact) Shadows(float turn)
    {
        if (turn != _turn)
        {
            _shadows = (new ShadowMap(Subject, turn, Sky.Sun, 2), new ShadowMap(Subject, turn, System.Numerics.Vector3.UnitY, 4));
            _turn = turn;
        }
        return _shadows;
    }
}
