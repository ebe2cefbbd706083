namespace WanLab.Tests.Jobs;

public sealed class JobProblemTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_problems_are_told_at_once_by_line()
    {
        Assert.Equal("""
            job.yaml:2: error: job.name: may hold letters, digits, '_', '-' and '.', but has ' ', '/'
            job.yaml:3: error: job.device: must be auto, cpu, or cuda:N such as cuda:0; not 'gpu'
            job.yaml:5: error: multistage.high_noise: high_noise and low_noise are both false, so nothing would be trained; set one of them to true
            job.yaml:7: error: multistage.boundary: must be between 0 and 1, both excluded, not 1
            job.yaml:9: error: training.stps: is not a known key; did you mean 'training.steps'?
            job.yaml:10: error: training.optimizer: must be one of adamw, adamw8bit, prodigy; not 'lion'
            job.yaml:11: error: training.learning_rate: must be a number, above 0 and at most 1, or {high: NUMBER, low: NUMBER}; not 'fast'
            job.yaml:12: error: training.rank: is not a known key here; did you mean 'target.rank'?
            job.yaml:13: error: training.ema: must be a mapping with keys such as enabled, decay; not 'true'
            job.yaml:15: error: datasets.0.path: the folder 'walks' does not exist; correct the path (a relative one starts at the job file's folder; with --set, at the current one)
            job.yaml:16: error: datasets.0.num_frames: 40 frames do not fit the model, which takes 4n+1; the nearest are 37 and 41
            job.yaml:17: error: datasets.0.num_frames: is given twice, first in line 16; delete one of the two
            job.yaml:18: error: datasets.0.flip_x: must be true or false, not 'maybe'
            job.yaml:19: error: datasets.1.path: is missing; it names the folder of clips
            job.yaml:22: error: sample.prompts.0.image: is missing; image-to-video starts from a control image: add 'image: FILE'
            job.yaml:24: error: sample.prompts.1.image: the file 'end.png' does not exist; correct the path (a relative one starts at the job file's folder; with --set, at the current one)
            """, _folder.Problems("""
            job:
              name: my walk/2
              device: gpu
            multistage:
              high_noise: false
              low_noise: false
              boundary: 1
            training:
              stps: 10
              optimizer: lion
              learning_rate: fast
              rank: 16
              ema: true
            datasets:
              - path: walks
                num_frames: 40
                num_frames: 41
                flip_x: maybe
              - num_frames: 41
            sample:
              prompts:
                - prompt: a walk
                - prompt: another
                  image: end.png
            """));
    }

    [Fact]
    public void An_empty_file_misses_what_is_required() =>
        Assert.Equal("""
            job.yaml:1: error: job: is missing; every job needs a name: 'job: {name: NAME}'
            job.yaml:1: error: datasets: is missing; give at least one folder of clips, as '- path: FOLDER'
            """, _folder.Problems("# nothing yet\n"));

    [Theory]
    [InlineData("target: {rank: 1.5}", "target.rank: must be a whole number, at least 1; not '1.5'")]
    [InlineData("target: {rank: [1]}", "target.rank: must be a whole number, at least 1; not a list")]
    [InlineData("target: {rank: }", "target.rank: must be a whole number, at least 1; not nothing")]
    [InlineData("target: {rank: 99999999999}", "target.rank: must be a whole number, at least 1; not '99999999999'")]
    [InlineData("target: {type: lokr}", "target.type: must be lora, not 'lokr'")]
    [InlineData("target: {dropout: 1}", "target.dropout: must be at least 0 and below 1, not 1")]
    [InlineData("target: {dropout: .nan}", "target.dropout: must be a number, at least 0 and below 1; not '.nan'")]
    [InlineData("target: {dropout: NaN}", "target.dropout: must be a number, at least 0 and below 1; not 'NaN'")]
    [InlineData("target: {modules: q}", "target.modules: must be a list, such as [self_attn.q, self_attn.v]; not 'q'")]
    [InlineData("target: {modules: [q, {a: b}]}",
        "target.modules.1: must be text, not a mapping; put text with special characters in double quotes")]
    [InlineData("target: 16", "target: must be a mapping with keys such as type, rank, alpha, dropout, modules; not '16'")]
    [InlineData("save: {every: 0}", "save.every: must be at least 1, not 0")]
    [InlineData("save: {keep: -1}", "save.keep: must be at least 0, not -1")]
    [InlineData("multistage: {high_share: 0}", "multistage.high_share: must be between 0 and 1, both excluded, not 0")]
    [InlineData("model: {layer_offloading: 1.1}", "model.layer_offloading: must be from 0 to 1, not 1.1")]
    [InlineData("model: {path: {high: h}}",
        "model.path.low: is missing; a model of single files needs one for each of high, low, vae and text_encoder")]
    [InlineData("model: {architecture: wan22-i2v-14b}",
        "model.path: is missing; wan22-i2v-14b needs the model's folder, or a mapping {high, low, vae, text_encoder, tokenizer} of files")]
    [InlineData("model: {path: \"\"}", "model.path: must be a path, not an empty text")]
    [InlineData("sample: {num_frames: 3}", "sample.num_frames: 3 frames do not fit the model, which takes 4n+1; the nearest are 1 and 5")]
    [InlineData("sample: {num_frames: 0}", "sample.num_frames: must be at least 1, not 0")]
    [InlineData("sample: {guidance_scale: {high: 4}}",
        "sample.guidance_scale.low: is missing; give both experts' values, or one number for both")]
    [InlineData("sample: {negative_prompt: }", "sample.negative_prompt: has no value; write \"\" for an empty text")]
    [InlineData("sample: {prompts: [{prompt: a, image: start.png, sampler: ddim}]}",
        "sample.prompts.0.sampler: must be one of unipc, dpm++, euler; not 'ddim'")]
    [InlineData("validation: {holdout: 1}", "validation.holdout: must be at least 0 and below 1, not 1")]
    [InlineData("validation: {sigmas: {high: []}}", "validation.sigmas.high: is empty; give at least one, such as [0.98, 0.92]")]
    [InlineData("validation: {sigmas: {low: [0.5, 0]}}", "validation.sigmas.low.1: must be above 0 and at most 1, not 0")]
    [InlineData("traning: {steps: 5}", "traning: is not a known key; did you mean 'training'?")]
    [InlineData("colour: blue", "colour: is not a known key; the nearest is 'job' (known here: job, model, quantization, multistage, " +
        "target, save, training, advanced, datasets, sample, validation, logging)")]
    public void A_wrong_value_is_named_with_what_is_allowed(string line, string message) =>
        Assert.Contains("job.yaml:7: error: " + message, _folder.Problems(JobFolder.Minimal + line).Split('\n'));

    [Theory]
    [InlineData("..", "job.name: must hold a letter or digit, to name a folder; not '..'")]
    [InlineData("", "job.name: has no value; write one")]
    public void Names_that_name_no_folder_are_refused(string name, string message) =>
        Assert.Equal("job.yaml:2: error: " + message, _folder.Problems(JobFolder.Minimal.Replace("walk", name)));

    [Theory]
    [InlineData("job:\n  name: walk\n  seed: [1, 2\ntraining: {}\n", 4)]
    [InlineData("job:\n\tname: walk\n", 2)]
    [InlineData("job: {name: *nobody}\n", 1)]
    [InlineData("job: {name: walk}\n---\njob: {name: run}\n", 2)]
    [InlineData("job:\n  [a, b]: c\n", 2)]
    public void Malformed_yaml_is_one_problem_with_its_line(string yaml, int line)
    {
        var reading = _folder.Parse(yaml);

        Assert.Null(reading.Job);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(line, problem.Line);
        Assert.StartsWith("the file is not valid YAML: ", problem.Message);
    }

    [Fact]
    public void Malformed_yaml_reads_well() =>
        Assert.Equal(
            "job.yaml:2: error: the file is not valid YAML: a second document begins here; a job file holds one; " +
                "correct this line or one next to it",
            _folder.Problems("job: {name: walk}\n---\njob: {name: run}\n"));

    [Fact]
    public void Whatever_is_typed_reading_ends_with_problems_and_never_throws()
    {
        const string typed = "[]{}\"':,-#&*!|>%@`?\t\n \u00e9a0";
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var yaml = JobFolder.Minimal + "sample: {prompts: [{prompt: \"a\", image: 'b'}]}\n";
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(yaml.Length);
                yaml = random.Next(3) == 0 ? yaml.Remove(at, 1) : yaml.Insert(at, typed[random.Next(typed.Length)].ToString());
            }
            var reading = _folder.Parse(yaml);
            Assert.Equal(reading.Job is null, reading.Errors.Any());
            Assert.All(reading.Problems, p => Assert.InRange(p.Line, 1, yaml.Count(c => c == '\n') + 1));
        }
    }

    [Fact]
    public void A_file_that_is_no_mapping_is_refused() =>
        Assert.StartsWith("job.yaml:1: error: must be a mapping with keys such as job, model", _folder.Problems("- a\n- b\n"));
}
