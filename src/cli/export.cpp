#include "export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/network/evaluate.hpp"
#include "base/quote.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "documents.hpp"
#include "formats/export/torch.hpp"
#include "number.hpp"
#include "programs/extract/average.hpp"
#include "programs/extract/hard.hpp"
#include "record/export.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t most_compared = 256;  ///< words of one length
constexpr std::int64_t longest_compared = 12;

/// What accepts words, for the comparison of a text with the model that it was made of.
class Recogniser {
  public:
    explicit Recogniser(const network::Transformer& model) : model_(&model) {}
    explicit Recogniser(const network::Program& program) : program_(&program) {}

    /// Nothing where there is no answer at this length.
    std::optional<std::vector<bool>> answers(std::int64_t length, const std::vector<language::Word>& words) const try {
        std::vector<bool> accepted;
        if (model_ == nullptr) network::require_decisions(*program_, length);
        std::optional<network::Evaluator> evaluator;
        if (model_ != nullptr) evaluator.emplace(*model_, length);
        for (const language::Word& word : words)
            accepted.push_back(evaluator ? evaluator->evaluate(word).accepts
                                         : network::accepts(*program_, network::answers(*program_, word)));
        return accepted;
    } catch (const base::InputError&) {
        return std::nullopt;
    }

  private:
    const network::Transformer* model_ = nullptr;
    const network::Program* program_ = nullptr;
};

record::Export::Compared compare(const Recogniser& model, const Recogniser& text, const language::Alphabet& alphabet) {
    record::Export::Compared compared;
    for (std::int64_t length = 0; length <= longest_compared; ++length) {
        std::vector<language::Word> words;
        language::Word word(static_cast<std::size_t>(length), 0);
        do words.push_back(word);
        while (words.size() <= most_compared && language::next_word(word, alphabet));
        if (words.size() > most_compared) break;
        const auto expected = model.answers(length, words), found = text.answers(length, words);
        if (!expected || !found) continue;
        if (*expected != *found)
            throw base::InternalError(
                fmt::format("export: the text and the model differ on a word of length {}", length));
        compared.words += words.size();
        compared.length = length;
    }
    return compared;
}

class Export : public Command {
  public:
    std::string name() const override { return "export"; }
    std::string summary() const override {
        return "Write a model as a program (B-RASP, C-RASP) or as a module of PyTorch";
    }
    std::vector<std::string> examples() const override {
        return {"attest export zoo:contains-1 --to brasp", "attest export zoo:all-ones --to brasp -o all-ones.brasp",
                "attest export zoo:palindrome --to torch -o palindrome.py",
                "attest export zoo:chiang-cholak-first --to torch --perturb 0.01 --seed 1 -o first.py"};
    }
    Uses uses() const override {
        Uses uses;
        uses.seed = true;
        return uses;
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, a program, or zoo:NAME")->required();
        app.add_option("--to", to_, "brasp, crasp or torch")->required()->type_name("FORM");
        app.add_option("-o,--output", output_,
                       "The file to write (default: a program goes to stdout); torch: FILE.py, with FILE.json and "
                       "FILE.safetensors beside it")
            ->type_name("FILE");
        app.add_option("--perturb", perturb_, "torch: move every number by at most this, at random (default 0)")
            ->transform(within(0.0, 1e9))
            ->type_name("S");
    }

    int run(Session& session) override {
        if (to_ != "brasp" && to_ != "crasp" && to_ != "torch")
            throw base::UsageError(fmt::format("--to: expected brasp, crasp or torch, found {}{}", base::quoted(to_),
                                               base::perhaps(to_, {"brasp", "crasp", "torch"})));
        if (perturb_ != 0 && to_ != "torch")
            throw base::UsageError("--perturb: expected --to torch, found --to " + to_);
        if (!output_.empty() && fs::exists(model_) && fs::exists(output_) && fs::equivalent(model_, output_))
            throw base::UsageError(fmt::format("export: expected -o that leaves {} as it is, found the same file",
                                               base::printable(model_)));
        try {
            if (to_ == "torch") return write_module(session);
            return to_ == "brasp" ? write_brasp(session) : write_crasp(session);
        } catch (const base::Unsupported& e) {
            throw base::InputError(base::printable(model_), e.what());
        }
    }

  private:
    int write_brasp(Session& session) const {
        const formats::NetworkFile file = load_network(model_);
        const auto* model = std::get_if<formats::ModelFile>(&file);
        const auto* program = std::get_if<formats::ProgramFile>(&file);
        if (model == nullptr && program == nullptr)
            throw base::InputError(base::printable(model_), "a model or a program", "tables of one length");
        namespace brasp = programs::brasp;
        const brasp::Program made = model != nullptr
                                        ? programs::extract::to_brasp(model->transformer, base::printable(model_))
                                        : programs::extract::to_brasp(program->program, base::printable(model_));
        const std::string text = brasp::write(made);
        const network::Transformer again = brasp::compile(brasp::parse(text, "the text"), {.reuses = true});
        record::Export record = of_text(text);
        record.definitions = made.definitions.size();
        record.attentions = static_cast<std::uint64_t>(
            std::count_if(made.definitions.begin(), made.definitions.end(), [](const auto& d) { return d.attends(); }));
        const Recogniser source = model != nullptr ? Recogniser(model->transformer) : Recogniser(program->program);
        record.compared = compare(source, Recogniser(again), again.alphabet);
        return finish(session, std::move(record));
    }

    int write_crasp(Session& session) const {
        const formats::ModelFile file = load_model(model_);
        namespace crasp = programs::crasp;
        const crasp::Program made = programs::extract::to_crasp(file.transformer, base::printable(model_));
        const std::string text = crasp::write(made);
        const network::Transformer again = crasp::compile(crasp::parse(text, "the text"), {.reuses = true});
        record::Export record = of_text(text);
        record.definitions = made.definitions.size();
        record.compared = compare(Recogniser(file.transformer), Recogniser(again), again.alphabet);
        return finish(session, std::move(record));
    }

    record::Export of_text(const std::string& text) const {
        record::Export record;
        record.model = model_;
        record.to = to_;
        record.text = text;
        return record;
    }

    int finish(Session& session, record::Export record) const {
        if (output_.empty()) {
            session.print_verbatim(*record.text);
        } else {
            base::write_file(output_, *record.text);
            record.output = output_;
            session.print(fmt::format("program     {}{}\n", base::counted(*record.definitions, "definition"),
                                      record.attentions ? ", " + base::counted(*record.attentions, "attention") : ""));
            session.print(fmt::format("compared    the same answers as the model on {} up to length {}\n",
                                      base::counted(record.compared->words, "word"), record.compared->length));
            session.print(fmt::format("written     {}\n", base::named(output_)));
        }
        session.print_json(record::write(record));
        return success;
    }

    int write_module(Session& session) const {
        const fs::path path(output_);
        if (path.extension() != ".py")
            throw base::UsageError(fmt::format("export: expected -o FILE.py for torch, found {}",
                                               output_.empty() ? "none" : base::quoted(output_)));
        const formats::ModelFile file = load_model(model_);
        const fs::path document = fs::path(path).replace_extension(".json"),
                       tensors = fs::path(path).replace_extension(".safetensors");
        for (const fs::path& other : {document, tensors})
            if (fs::exists(model_) && fs::exists(other) && fs::equivalent(model_, other))
                throw base::UsageError(fmt::format("export: expected -o that leaves {} as it is, found {}",
                                                   base::printable(model_), base::named(output_)));
        const formats::TorchFiles files = formats::write_torch(
            file.transformer,
            {tensors.filename().string(), perturb_, session.options.seed, session.limits().memory_bytes});
        write_all({{tensors.string(), files.tensors}, {document.string(), files.document}, {output_, torch_module}});
        record::Export record = of_text("");
        record.text.reset();
        record.output = output_;
        record.document = document.string();
        record.tensors = tensors.string();
        record.numbers = files.numbers;
        record.rounded = files.rounded;
        session.print(fmt::format("module      {}, {} to binary64{}\n", base::counted(files.numbers, "number"),
                                  files.rounded == 0 ? "none rounded" : fmt::format("{} rounded", files.rounded),
                                  perturb_ == 0 ? "" : fmt::format(", each moved by at most {}", perturb_)));
        session.print(fmt::format("written     {}, {}, {}\n", base::named(output_), base::named(document.string()),
                                  base::named(tensors.string())));
        session.print_json(record::write(record));
        return success;
    }

    /// All files or none: a document beside arrays that are not its own would be another network.
    static void write_all(const std::vector<std::pair<std::string, std::string_view>>& files) {
        std::vector<std::string> written;
        try {
            for (const auto& [path, bytes] : files) {
                base::write_file(path, bytes);
                written.push_back(path);
            }
        } catch (const base::Error&) {
            for (const std::string& path : written) fs::remove(path);
            throw;
        }
    }

    std::string model_, to_, output_;
    double perturb_ = 0;
};

}  // namespace

std::unique_ptr<Command> make_export() { return std::make_unique<Export>(); }

}  // namespace attest::cli
