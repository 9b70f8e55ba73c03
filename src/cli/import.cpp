#include "attest/formats/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "import_against.hpp"
#include "import_program.hpp"
#include "number.hpp"
#include "record/import.hpp"

namespace attest::cli {

namespace fs = std::filesystem;
using formats::import::Imported;
using formats::import::Listing;

namespace {

constexpr std::size_t longest_line = 2000;

std::string joined(const std::vector<std::string>& texts) {
    return base::printable(fmt::format("{}", fmt::join(texts, ", ")), longest_line);
}

/// One line, if there is something to say.
std::string line(const std::string& what, const std::string& text) {
    return text.empty() ? "" : fmt::format("{:11} {}\n", what, text);
}

constexpr const char* with_settings =
    "attest import model.pt --set heads=2 --set activation=relu --alphabet 01 --begin \"<s>=2\" --read first "
    "--accept 1 -o trained.json";
constexpr const char* with_a_file =
    "attest import model.pt --config settings.json --tokens a=0,b=1 --begin \"<s>=2\" --read first --accept 1 "
    "-o trained.json";

class Import : public Command {
  public:
    std::string name() const override { return "import"; }
    std::string summary() const override {
        return "Make a model file of a checkpoint from PyTorch, Hugging Face …, or of a program";
    }
    std::vector<std::string> examples() const override {
        return {"attest import model.pt --list", with_settings, with_a_file,
                "attest import starts_with_a.brasp -o starts_with_a.json",
                "attest import reverse.rasp --set lengths=1..4 -o reverse.json"};
    }
    void declare(CLI::App& app) override {
        app.add_option(
               "SOURCE", source_,
               "A checkpoint: .pt .pth .bin .safetensors, or a folder with config.json; or a program: .rasp .brasp "
               ".crasp .ltl .foc, Tracr or ALTA as .json, a learned one as .py")
            ->required();
        app.add_option("-o,--output", output_, "The model file to write; its tensors go beside it")->type_name("FILE");
        app.add_flag("--list", list_, "Show what the checkpoint holds, and write nothing");
        app.add_option("--from", options_.family,
                       "Which framework's names, or which language (default: by the tensors, by the ending)")
            ->type_name("FAMILY");
        app.add_option("--config", options_.config, "Settings as JSON (default: the folder's config.json)")
            ->type_name("FILE");
        app.add_option("--set", options_.set, "What the file does not say: heads=2, activation=relu … (again for each)")
            ->allow_extra_args(false)
            ->type_name("KEY=VALUE");
        app.add_option("--member", options_.member, "Which member of the file is the network")->type_name("NAME");
        app.add_option("--alphabet", options_.alphabet, "The letters: \"()\", \"<a> <b>\", 0..112")
            ->type_name("SYMBOLS");
        app.add_option("--tokens", options_.tokens, "Their rows in the embedding: \"(=3,)=4\" (default: 0, 1, …)")
            ->type_name("ROWS");
        app.add_option("--begin", options_.begin, "Symbol before each word, with its row: \"[start]=0\"")
            ->type_name("SYMBOL=ROW");
        app.add_option("--end", options_.end, "Symbol after each word, with its row")->type_name("SYMBOL=ROW");
        app.add_option("--read", options_.read, "Where the answer is read: first, last, a position, each, mean, sum")
            ->type_name("PLACE");
        app.add_option("--accept", options_.accept, "Classes that mean acceptance, with commas")->type_name("CLASSES");
        app.add_option("--against", against_, "Logits recorded in the source framework, to compare with")
            ->type_name("FILE");
        app.add_option("--tolerance", tolerance_, "What they may differ by, absolutely and relatively (default 1e-3)")
            ->transform(within(0.0, 1e9))
            ->type_name("T");
    }

    int run(Session& session) override {
        options_.memory_bytes = session.limits().memory_bytes;
        require_family();
        if (const auto family = program_family(source_, options_.family)) return run_program(session, *family);
        if (list_) return show(session, list_checkpoint(source_, options_));
        require_output();
        options_.name = fs::path(output_).stem().string();
        options_.tensor_file = companion().filename().string();
        formats::import::Logits logits;
        const Imported imported = import_model(source_, options_, against_.empty() ? nullptr : &logits);
        std::optional<Comparison> comparison;
        if (!against_.empty()) comparison = compare(logits, against_, tolerance_, session.limits());
        write(imported);
        if (!comparison) session.note("not compared with the source framework: --against takes logits recorded there");
        print(session, imported, comparison);
        return success;
    }

  private:
    void require_family() const {
        std::vector<std::string> all = formats::import::family_names();
        for (const std::string& family : program_families()) all.push_back(family);
        if (!options_.family.empty() && std::find(all.begin(), all.end(), options_.family) == all.end())
            throw base::UsageError(fmt::format("--from: expected a family ({}), found {}", fmt::join(all, ", "),
                                               base::quoted(options_.family)));
    }

    int run_program(Session& session, const std::string& family) {
        if (list_) return show(session, list_program(source_, family, options_, session.limits()));
        if (!against_.empty()) throw base::UsageError("import: expected no --against for a program, found one");
        require_output();
        options_.name = fs::path(output_).stem().string();
        const Imported imported = import_program(source_, family, options_, session.limits());
        base::write_file(output_, imported.document);
        print(session, imported, std::nullopt);
        return success;
    }

    fs::path companion() const { return fs::path(output_).replace_extension(".safetensors"); }

    /// Both files or none: tensors beside a document that is not theirs would be another network.
    void write(const Imported& imported) const {
        base::write_file(companion().string(), imported.tensors);
        try {
            base::write_file(output_, imported.document);
        } catch (const base::Error&) {
            fs::remove(companion());
            throw;
        }
    }

    void require_output() const {
        if (output_.empty()) throw base::UsageError("import: expected -o MODEL.json (or --list), found neither");
        if (companion() == fs::path(output_))
            throw base::UsageError(
                "import: expected -o with another ending than .safetensors, which is that of the tensors");
        for (const std::string& input : {source_, options_.config, against_})
            for (const fs::path& output : {fs::path(output_), companion()})
                if (!input.empty() && fs::exists(input) && fs::exists(output) && fs::equivalent(input, output))
                    throw base::UsageError(fmt::format("import: expected -o that leaves {} as it is, found {}",
                                                       base::named(input), base::named(output_)));
    }

    static std::string network_line(const Imported& imported) {
        const std::string positions =
            imported.positions == 0 ? "any number of positions" : base::counted(imported.positions, "position");
        return line("network",
                    fmt::format("{}, {}{}, dimension {}, {} rows of tokens, {}, {}",
                                base::counted(imported.layers, "layer"), base::counted(imported.heads, "head"),
                                imported.tensors.empty() ? " in all" : "", imported.dimension, imported.vocabulary,
                                positions, base::counted(imported.parameters, "parameter")));
    }
    static std::string program_line(const Imported& imported) {
        const std::string positions =
            imported.positions == 0 ? "any number of positions" : base::counted(imported.positions, "position");
        return line("program",
                    fmt::format("{}, {}, {} rows of tokens, {}, {}", base::counted(imported.dimension, "variable"),
                                base::counted(imported.heads, "head"), imported.vocabulary, positions,
                                base::counted(imported.parameters, "weight")));
    }

    void print(Session& session, const Imported& imported, const std::optional<Comparison>& comparison) const {
        session.print(line("family", fmt::format("{}, {}", imported.family, imported.container)));
        const bool is_program = imported.document.starts_with(R"({"format": "attest/program")");
        session.print(is_program ? program_line(imported) : network_line(imported));
        session.print(line("classes", joined(imported.classes)));
        for (const auto& a : imported.assumed)
            session.print(
                line("assumed", base::printable(fmt::format("{} {}: {}", a.key, a.value, a.because), longest_line)));
        session.print(line("dropped", joined(imported.dropped)));
        session.print(line("ignored", joined(imported.ignored)));
        if (comparison)
            session.print(line("compared", fmt::format("{} with {}: greatest difference {:.2e}",
                                                       base::counted(comparison->words, "word"), base::named(against_),
                                                       comparison->greatest)));
        const std::string beside = imported.tensors.empty() ? "" : ", " + companion().string();
        session.print(line("written", fmt::format("{} (version {}){}", output_, imported.version, beside)));
        session.print_json(record::write(result(imported, comparison)));
    }

    record::Import result(const Imported& imported, const std::optional<Comparison>& comparison) const {
        record::Import record = record::imported(imported, output_, companion().string());
        if (comparison) record.against = {comparison->words, comparison->greatest};
        return record;
    }

    static std::string listed_network(const formats::import::ListedNetwork& n) {
        return fmt::format("{}, {}, dimension {}, {}, {} rows of tokens, {}, {}", base::counted(n.layers, "layer"),
                           n.heads ? base::counted(*n.heads, "head") : "heads not told", n.dimension,
                           n.feed_forward ? fmt::format("feed-forward {}", *n.feed_forward) : "no feed-forward part",
                           n.vocabulary,
                           n.positions == 0 ? "any number of positions" : base::counted(n.positions, "position"),
                           base::counted(n.classes, "row") + " read");
    }

    /// What `--set` must tell, then what is known, with who says so.
    static std::string listed_setting(const formats::import::ListedSetting& s) {
        if (!s.value) return line("not told", base::printable(fmt::format("--set {}=…: {}", s.key, s.because), 200));
        return line("assumed", base::printable(fmt::format("{} {}: {}", s.key, *s.value, s.because), longest_line));
    }

    static int show(Session& session, const Listing& listing) {
        session.print(line("container", listing.container));
        session.print(line("family", listing.families.empty() ? "none that is known" : joined(listing.families)));
        for (const auto& tensor : listing.tensors) {
            std::string text;
            for (const auto& [family, role] : tensor.roles)
                text += (text.empty() ? "" : "; ") + (tensor.roles.size() > 1 ? family + ": " + role : role);
            session.print(fmt::format("{:48} {:5} {:16} {}\n", base::printable(tensor.name), tensor.type, tensor.shape,
                                      text.empty() ? "-" : text));
        }
        if (listing.network) session.print(line("network", listed_network(*listing.network)));
        for (const auto& setting : listing.settings) session.print(listed_setting(setting));
        for (const std::string& h : listing.hyperparameters) session.print(line("says", base::printable(h, 200)));
        session.print(line("ignored", joined(listing.ignored)));
        session.print_json(record::write(record::listing(listing)));
        return success;
    }

    std::string source_, output_, against_;
    formats::import::Options options_;
    double tolerance_ = 1e-3;
    bool list_ = false;
};

}  // namespace

std::unique_ptr<Command> make_import() { return std::make_unique<Import>(); }

}  // namespace attest::cli
