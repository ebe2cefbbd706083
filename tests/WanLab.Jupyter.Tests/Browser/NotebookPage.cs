using Microsoft.Playwright;
using WanLab.Jupyter.Wire;
using WanLab.Notebooks;

namespace WanLab.Jupyter.Tests.Browser;

/// <summary>A notebook in the browser, used as a person does: by its buttons. Cells are counted from 0.</summary>
internal sealed class NotebookPage(IPage page) : IAsyncDisposable
{
    /// <summary>Milliseconds to wait for what must come.</summary>
    public const float Patience = 60_000;

    /// <summary>The page, for what is not here.</summary>
    public IPage Page => page;

    /// <summary>A cell.</summary>
    public ILocator Cell(int number) => page.Locator(".cell").Nth(number);

    /// <summary>What a cell shows.</summary>
    public ILocator Output(int number) => Cell(number).Locator(".output");

    /// <summary>Selects a cell and presses Run; does not wait for its end.</summary>
    public async Task RunAsync(int number)
    {
        await Cell(number).Locator(".input_prompt, .rendered_html").First.ClickAsync();
        await PressAsync("run-cell-and-select-next");
    }

    /// <summary>Presses the interrupt button.</summary>
    public Task InterruptAsync() => PressAsync("interrupt-kernel");

    /// <summary>Waits until a cell shows a text.</summary>
    public Task SeesAsync(int number, string text) =>
        Assertions.Expect(Output(number)).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>Waits until a cell or its widgets show a text.</summary>
    public Task ShowsAsync(int number, string text) =>
        Assertions.Expect(Cell(number)).ToContainTextAsync(text, new() { Timeout = Patience });

    /// <summary>Waits until a cell has ended.</summary>
    public Task EndedAsync(int number) =>
        Assertions.Expect(Cell(number).Locator(".input_prompt")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\[\d+\]"),
            new() { Timeout = Patience });

    /// <summary>Whether a cell runs or waits for its turn.</summary>
    public async Task<bool> IsRunningAsync(int number) => (await Cell(number).Locator(".input_prompt").InnerTextAsync()).Contains('*');

    /// <summary>Saves the notebook's file.</summary>
    public async Task SaveAsync()
    {
        await PressAsync("save-notebook");
        await page.WaitForFunctionAsync("() => !Jupyter.notebook.dirty", null, new() { Timeout = Patience });
    }

    /// <summary>Ends the kernel and closes the page.</summary>
    public async ValueTask DisposeAsync()
    {
        await page.EvaluateAsync("() => new Promise(done => Jupyter.notebook.session.delete(done, done))");
        await page.CloseAsync(new() { RunBeforeUnload = false });
    }

    private Task PressAsync(string action) => page.Locator($"button[data-jupyter-action='jupyter-notebook:{action}']").ClickAsync();
}
