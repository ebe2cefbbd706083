using System.Runtime.InteropServices;
using System.Text;

namespace WanLab.Models.Text;

/// <summary>
/// A SentencePiece model that converts text to ids and back. The model's own normaliser, whitespace rules and byte fallback apply.
/// Safe for use by many threads; dispose it when no thread uses it.
/// </summary>
internal sealed class SentencePieceModel : IDisposable
{
    private readonly SentencePieceHandle _handle;
    private readonly SentencePieceNative.Info _info;

    private SentencePieceModel(SentencePieceHandle handle)
    {
        _handle = handle;
        Check(SentencePieceNative.Describe(handle, out _info));
    }

    /// <summary>Number of pieces; ids run from 0 to one less.</summary>
    public int PieceCount => _info.Pieces;

    /// <summary>Id of the padding piece, -1 if the model has none.</summary>
    public int PadId => _info.Pad;

    /// <summary>Id of the end-of-sentence piece, -1 if the model has none.</summary>
    public int EosId => _info.Eos;

    /// <summary>Id of the begin-of-sentence piece, -1 if the model has none.</summary>
    public int BosId => _info.Bos;

    /// <summary>Id of the piece that stands for text that the model cannot spell.</summary>
    public int UnkId => _info.Unk;

    /// <summary>Loads a <c>spiece.model</c> file.</summary>
    /// <exception cref="WanLabException">The file is missing or is not a SentencePiece model.</exception>
    public static SentencePieceModel Load(string path)
    {
        if (!File.Exists(path))
            throw new WanLabException($"The SentencePiece model '{path}' does not exist. Give the path of a spiece.model file.");
        return Loaded(() => (SentencePieceNative.LoadFile(path, out var handle), handle), $"'{path}'");
    }

    /// <summary>Loads a model from the bytes of a <c>spiece.model</c> file.</summary>
    /// <param name="bytes">The whole file; copied.</param>
    /// <param name="source">Where the bytes came from, for error messages.</param>
    /// <exception cref="WanLabException">The bytes are not a SentencePiece model.</exception>
    public static SentencePieceModel Load(byte[] bytes, string source) =>
        Loaded(() => (SentencePieceNative.LoadBytes(bytes, bytes.Length, out var handle), handle), source);

    /// <summary>The ids of a text, without special pieces; empty for an empty text.</summary>
    /// <remarks>An unpaired surrogate counts as U+FFFD.</remarks>
    public int[] Encode(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Check(SentencePieceNative.Encode(_handle, utf8, utf8.Length, out var buffer, out var count));
        try
        {
            var ids = new int[count];
            Marshal.Copy(buffer, ids, 0, ids.Length);
            return ids;
        }
        finally
        {
            SentencePieceNative.FreeBuffer(buffer);
        }
    }

    /// <summary>The text of some ids. Control pieces such as <c>&lt;pad&gt;</c> and <c>&lt;/s&gt;</c> give no text.</summary>
    /// <exception cref="WanLabException">An id lies outside the model.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        Check(SentencePieceNative.Decode(_handle, ids, ids.Length, out var buffer, out var size));
        try
        {
            return Marshal.PtrToStringUTF8(buffer, checked((int)size));
        }
        finally
        {
            SentencePieceNative.FreeBuffer(buffer);
        }
    }

    /// <summary>Frees the model. Using it afterwards throws <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _handle.Dispose();

    private static void Check(int status)
    {
        if (status != 0) throw new WanLabException($"SentencePiece: {SentencePieceNative.LastError()}.");
    }

    private static SentencePieceModel Loaded(Func<(int Status, SentencePieceHandle Handle)> load, string source)
    {
        try
        {
            var (status, handle) = load();
            if (status == 0) return new(handle);
            var reason = SentencePieceNative.LastError();
            handle.Dispose();
            throw new WanLabException(
                $"{source} is not a SentencePiece model ({reason}). Get spiece.model from google/umt5-xxl again; " +
                    "a file of a few hundred bytes is a Git LFS pointer, not the model.");
        }
        catch (DllNotFoundException e)
        {
            throw new WanLabException(
                "The tokenizer's native library cannot be loaded. It needs SentencePiece: install libsentencepiece-dev and build WanLab " +
                    "again, or run ./wanlab.\n" + e.Message, e);
        }
    }
}
