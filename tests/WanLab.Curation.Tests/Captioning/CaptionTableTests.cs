using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WanLab.Curation.Captioning;

namespace WanLab.Curation.Tests.Captioning;

public sealed class CaptionTableTests : IDisposable
{
    private readonly CaptionSet _set = new("a.mp4", "b, \"c\".mp4", "d.mp4");

    public CaptionTableTests()
    {
        _set.Folder.Write("a.txt", "pan left, \"quoted\"\nsecond line; 你好 🦊");
        _set.Folder.Write("b, \"c\".txt", "=1+1");
    }

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.jsonl")]
    public void What_is_exported_can_be_imported(string name)
    {
        var file = _set.Folder[name];
        CaptionTable.Write(file, _set.Read());
        Assert.Empty(CaptionTable.Read(file, _set.Read()));

        _set.Folder.Write("a.txt", "other");
        var change = Assert.Single(CaptionTable.Read(file, _set.Read()));
        Assert.Equal(("a.mp4", "other", "pan left, \"quoted\"\nsecond line; 你好 🦊"), (change.Clip, change.Before, change.After));
        Assert.Contains("not overwritten", Assert.Throws<WanLabException>(() => CaptionTable.Write(file, _set.Read())).Message);
    }

    [Theory]
    [InlineData("file,caption\r\na.mp4,x\r\n")]
    [InlineData("\uFEFFFile;Caption\na.mp4;x\n")]
    [InlineData("n,caption,file\n1,x,a.mp4\n\n")]
    [InlineData("\"file\",\"caption\"\n\"a.mp4\",\"x\"")]
    [InlineData("n,file,caption\n1,d.mp4,\n2,a,x\n")]
    public void Tables_as_spreadsheets_save_them_are_read(string text)
    {
        var file = _set.Folder.Write("in.csv", text);
        var change = Assert.Single(CaptionTable.Read(file, _set.Read()));
        Assert.Equal(("a.mp4", "x"), (change.Clip, change.After));
    }

    [Fact]
    public void A_table_in_utf_16_with_a_mark_is_read()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("file,caption\na.mp4,ü")];
        File.WriteAllBytes(_set.Folder["in.csv"], bytes);
        Assert.Equal("ü", Assert.Single(CaptionTable.Read(_set.Folder["in.csv"], _set.Read())).After);
    }

    [Theory]
    [InlineData("in.csv", "name,text\na.mp4,x", "has to name the columns file and caption")]
    [InlineData("in.csv", "", "has to name the columns file and caption")]
    [InlineData("in.csv", "file,caption\na.mp4\n", "line 2 has 1 column")]
    [InlineData("in.csv", "file,caption\n\"a.mp4\",\"1\n2\"\nz.mp4,y", "line 4: ")]
    [InlineData("in.csv", "file,caption\na.mp4,x\na,y", "line 3: a has two captions")]
    [InlineData("in.jsonl", "{\"file\":\"a.mp4\"}", "line 1 is not of the form")]
    [InlineData("in.jsonl", "\n[1]", "line 2 is not of the form")]
    [InlineData("in.jsonl", "\n{\"file\":\"z.mp4\",\"caption\":\"x\"}", "line 2: ")]
    [InlineData("in.txt", "", ".csv or .jsonl")]
    public void A_table_that_cannot_be_used_is_an_error_with_its_line(string name, string text, string message)
    {
        var file = _set.Folder.Write(name, text);
        if (name == "in.txt") File.Move(file, file = _set.Folder["in.tsv"]);
        Assert.Contains(message, Assert.Throws<WanLabException>(() => CaptionTable.Read(file, _set.Read())).Message);
    }

    [Fact]
    public void Any_texts_survive_a_csv() => Prop.ForAll<NonNull<string>[]>(values =>
    {
        var cells = values.Select(value => value.Get.Replace("\r", "")).Append("end").ToList();
        var row = Assert.Single(Csv.Read("head,er\n" + string.Join(',', cells.Select(Csv.Cell))).Skip(1));
        Assert.Equal(cells, row.Cells);
    }).QuickCheckThrowOnFailure();
}
