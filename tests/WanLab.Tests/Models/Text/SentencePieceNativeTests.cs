using System.Reflection;
using System.Runtime.InteropServices;
using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public class SentencePieceNativeTests
{
    [Fact]
    public void The_library_lies_next_to_the_assembly_and_has_every_imported_function()
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"lib{SentencePieceNative.Library}.so");
        Assert.True(File.Exists(file), file);
        var library = NativeLibrary.Load(file);
        var imports = typeof(SentencePieceNative).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(
                m => m.GetCustomAttribute<LibraryImportAttribute>()?.EntryPoint ?? m.GetCustomAttribute<DllImportAttribute>()?.EntryPoint)
            .OfType<string>().Distinct().Order().ToArray();
        Assert.Equal(
            ["wanlab_spm_decode", "wanlab_spm_describe", "wanlab_spm_encode", "wanlab_spm_free", "wanlab_spm_free_buffer",
                "wanlab_spm_last_error", "wanlab_spm_load_bytes", "wanlab_spm_load_file"], imports);
        Assert.All(imports, name => Assert.True(NativeLibrary.TryGetExport(library, name, out _), name));
    }
}
