using System.Runtime.InteropServices;

namespace WanLab.Models.Text;

/// <summary>
/// The functions of <c>native/wanlab_sentencepiece.h</c>, one for one. The build puts the library next to the assembly,
/// where the runtime looks first.
/// </summary>
internal static partial class SentencePieceNative
{
    public const string Library = "wanlab_sentencepiece";

    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        public int Pieces;
        public int Pad;
        public int Eos;
        public int Bos;
        public int Unk;
    }

    [LibraryImport(Library, EntryPoint = "wanlab_spm_load_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LoadFile(string path, out SentencePieceHandle model);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_load_bytes")]
    public static partial int LoadBytes(ReadOnlySpan<byte> data, long size, out SentencePieceHandle model);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_free")]
    public static partial void Free(nint model);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_describe")]
    public static partial int Describe(SentencePieceHandle model, out Info info);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_encode")]
    public static partial int Encode(SentencePieceHandle model, ReadOnlySpan<byte> text, long size, out nint ids, out long count);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_decode")]
    public static partial int Decode(SentencePieceHandle model, ReadOnlySpan<int> ids, long count, out nint text, out long size);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_free_buffer")]
    public static partial void FreeBuffer(nint buffer);

    [LibraryImport(Library, EntryPoint = "wanlab_spm_last_error")]
    private static partial nint LastErrorPointer();

    /// <summary>The reason for this thread's last failed call.</summary>
    public static string LastError() => Marshal.PtrToStringUTF8(LastErrorPointer()) ?? "unknown error";
}

/// <summary>Owns a model of <c>native/wanlab_sentencepiece.h</c>.</summary>
internal sealed class SentencePieceHandle : SafeHandle
{
    public SentencePieceHandle() : base(0, ownsHandle: true) { }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        SentencePieceNative.Free(handle);
        return true;
    }
}
