namespace Tera.Office.Letters.Rendering;

/// <summary>Where the programs are and how far a conversion may go.</summary>
public sealed record ConverterSettings
{
    /// <summary>The folder of profiles and work files; one sub-folder a worker.</summary>
    public required string Folder { get; init; }

    /// <summary>The binary itself, not the start script: the process we start is the one we can end.</summary>
    public string OfficeFile { get; init; } = "/usr/lib/libreoffice/program/soffice.bin";

    /// <summary>A Python that has LibreOffice's <c>uno</c> module: the system's.</summary>
    public string PythonFile { get; init; } = "/usr/bin/python3";

    public int Workers { get; init; } = 1;

    /// <summary>A letter takes a twentieth of a second; a long annex a few seconds. One that hangs keeps the others waiting no longer than this.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many may wait for a worker before a new one is told to come back later.</summary>
    public int Waiting { get; init; } = 200;
}

public abstract record Conversion
{
    private Conversion() { }

    public sealed record Done(byte[] Pdf) : Conversion;

    /// <summary>The document itself cannot be converted; trying again will not help.</summary>
    public sealed record Failed(string Message) : Conversion;
}

/// <summary>No worker could be started, or too many wait. Worth another try later.</summary>
public sealed class ConverterUnavailableException(string message) : Exception(message);

/// <summary>
/// docx to PDF/A-2b by LibreOffice workers that stay up. A worker that crashes or hangs is replaced and the document tried once more on a fresh one,
/// behind those that wait by then; the second failure is the document's.
/// </summary>
public sealed class PdfConverter : IAsyncDisposable
{
    private const int Attempts = 2;

    private readonly ConverterSettings _settings;
    private readonly Stack<int> _free;
    private readonly ConverterWorker?[] _workers;
    private readonly SemaphoreSlim _gate;
    private readonly Lock _lock = new();
    private int _waiting;
    private bool _prepared;

    public PdfConverter(ConverterSettings settings)
    {
        _settings = settings;
        int workers = Math.Clamp(settings.Workers, 1, 32);
        _workers = new ConverterWorker?[workers];
        _free = new Stack<int>(Enumerable.Range(0, workers).Reverse());
        _gate = new SemaphoreSlim(workers);
    }

    /// <summary>Process ids of the LibreOffices that are up now; for operation and tests.</summary>
    public IReadOnlyList<int> OfficeProcesses => _workers.OfType<ConverterWorker>().Select(worker => worker.OfficeProcess).ToList();

    public async Task<Conversion> ConvertAsync(ReadOnlyMemory<byte> docx, CancellationToken cancellation)
    {
        string problem = "";
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            await EnterAsync(cancellation);
            int slot = Take();
            try
            {
                (Conversion? done, problem) = await TryOnAsync(slot, docx, cancellation);
                if (done is not null)
                {
                    return done;
                }
            }
            finally
            {
                Give(slot);
                _gate.Release();
            }
        }

        return new Conversion.Failed($"Naskah ini {problem}, dua kali berturut-turut. Sederhanakan isinya (tabel, gambar), lalu unggah lagi.");
    }

    /// <summary>Ends what an earlier run left and starts the first worker, so that the first letter does not wait for it.</summary>
    public async Task WarmAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        int slot = Take();
        try
        {
            _ = await WorkerAsync(slot, Prepare(), cancellation);
        }
        finally
        {
            Give(slot);
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DropWorkersAsync();
        _gate.Dispose();
    }

    /// <summary>Ends the LibreOffices that are up; the next conversion starts a fresh one.</summary>
    internal async Task DropWorkersAsync()
    {
        for (int slot = 0; slot < _workers.Length; slot++)
        {
            await DropAsync(slot);
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _settings.Waiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ConverterUnavailableException($"More than {_settings.Waiting} documents wait for conversion.");
        }

        try
        {
            await _gate.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>No conversion: the worker was lost, and why.</summary>
    private async Task<(Conversion? Done, string Problem)> TryOnAsync(int slot, ReadOnlyMemory<byte> docx, CancellationToken cancellation)
    {
        string script = Prepare();
        string work = Path.Combine(SlotFolder(slot), Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(work);
        try
        {
            string source = Path.Combine(work, "naskah.docx"), target = Path.Combine(work, "naskah.pdf");
            await using (FileStream file = File.Create(source))
            {
                await file.WriteAsync(docx, cancellation);
            }

            ConverterWorker worker = await WorkerAsync(slot, script, cancellation);
            try
            {
                WorkerAnswer answer = await worker.ConvertAsync(source, target, _settings.Limit, cancellation);
                return (answer.Ok
                    ? new Conversion.Done(await File.ReadAllBytesAsync(target, cancellation))
                    : new Conversion.Failed("LibreOffice tidak dapat membaca naskah ini. Simpan ulang di pengolah kata, lalu unggah lagi."), "");
            }
            catch (TimeoutException)
            {
                worker.Kill();
                await DropAsync(slot);
                return (null, $"tidak selesai diubah ke PDF dalam {_settings.Limit.TotalSeconds:0} detik");
            }
            catch (WorkerLostException)
            {
                await DropAsync(slot);
                return (null, "membuat pengubah PDF berhenti");
            }
            catch (OperationCanceledException)
            {
                // The worker still writes to a document nobody waits for; its answer must not meet the next one.
                worker.Kill();
                await DropAsync(slot);
                throw;
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<ConverterWorker> WorkerAsync(int slot, string script, CancellationToken cancellation) =>
        _workers[slot] ??= await ConverterWorker.StartAsync(_settings, SlotFolder(slot), script, cancellation);

    private string Prepare()
    {
        string script = Path.Combine(_settings.Folder, "convert_worker.py");
        lock (_lock)
        {
            if (_prepared)
            {
                return script;
            }

            Directory.CreateDirectory(_settings.Folder);
            for (int slot = 0; slot < _workers.Length; slot++)
            {
                ConverterWorker.EndOrphan(SlotFolder(slot));
                Directory.CreateDirectory(SlotFolder(slot));
                foreach (string left in Directory.EnumerateDirectories(SlotFolder(slot)).Where(folder => Path.GetFileName(folder) != ConverterWorker.ProfileFolder))
                {
                    Directory.Delete(left, recursive: true); // a letter a killed process was converting
                }
            }

            using Stream resource = typeof(PdfConverter).Assembly.GetManifestResourceStream("Letters.Rendering.convert_worker.py")
                ?? throw new InvalidOperationException("The program was built without its conversion script.");
            using FileStream file = File.Create(script);
            resource.CopyTo(file);
            _prepared = true;
            return script;
        }
    }

    private string SlotFolder(int slot) => Path.Combine(Path.GetFullPath(_settings.Folder), $"worker-{slot}");

    private async Task DropAsync(int slot)
    {
        if (_workers[slot] is { } worker)
        {
            _workers[slot] = null;
            await worker.DisposeAsync();
        }
    }

    private int Take()
    {
        lock (_lock)
        {
            return _free.Pop();
        }
    }

    private void Give(int slot)
    {
        lock (_lock)
        {
            _free.Push(slot);
        }
    }
}
