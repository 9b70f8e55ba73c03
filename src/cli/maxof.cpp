#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/certify/task.hpp"
#include "attest/language/task.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "certify/maximum.hpp"
#include "command.hpp"
#include "keep.hpp"
#include "number.hpp"
#include "record/maximum.hpp"
#include "studies.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

class MaxofCommand : public Command {
  public:
    std::string name() const override { return "maxof"; }
    std::string summary() const override {
        return "On how many words a model answers with the greatest symbol, at least: by all words, or by few cells";
    }
    std::vector<std::string> examples() const override {
        return {"attest maxof max4.safetensors --vocabulary 16 --length 4 --proof cubic --certificate out/m",
                "attest maxof max4.safetensors --proof brute"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_,
                       "A safetensors file (W_E, W_pos, W_Q, W_K, W_V, W_O, W_U), or a model file of one softmax head")
            ->required();
        app.add_option("--vocabulary", vocabulary_, "How many symbols the model must have (default: as it says)")
            ->transform(within<std::uint64_t>(2, 1 << 20))
            ->type_name("V");
        app.add_option("--length", length_, "Of the words (default: the greatest that the model is for)")
            ->transform(within<std::int64_t>(1, 64))
            ->type_name("K");
        app.add_option(
               "--proof", proof_,
               "cubic (default): one bound for all words that are alike; brute: all words, and the least margin")
            ->check(CLI::IsMember({"brute", "cubic"}))
            ->type_name("PROOF");
        app.add_option("--certificate", directory_, "Keep the certificate in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        const formats::ModelFile model =
            model_.ends_with(".safetensors") ? maximum::model_of_checkpoint(model_) : load_model(model_);
        const network::Transformer& t = model.transformer;
        if (vocabulary_ && *vocabulary_ != t.alphabet.size())
            throw base::InputError(model_, base::counted(*vocabulary_, "symbol"), std::to_string(t.alphabet.size()));
        const std::optional<std::int64_t> length = length_ ? length_ : t.max_length;
        if (!length) throw base::UsageError("--length: expected for a model that is for words of any length");
        (void)t.sequence_length(*length);
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        record::Maximum record;
        record.model = t.name;
        record.proof = proof_;
        record.vocabulary = t.alphabet.size();
        record.length = static_cast<std::uint64_t>(*length);
        mpz_class words;
        mpz_ui_pow_ui(words.get_mpz_t(), t.alphabet.size(), record.length);
        record.words = words.get_str();
        return proof_ == "brute" ? by_words(session, model, archive, std::move(record))
                                 : by_cells(session, model, archive, std::move(record));
    }

  private:
    static double share(const std::string& some, const std::string& all) {
        return mpq_class(mpz_class(some), mpz_class(all)).get_d();
    }

    static std::string headline(const record::Maximum& record) {
        return fmt::format("{} answers with the greatest of {} symbols, of {}, on at least {} of {} words ({:.6f})",
                           base::named(record.model), record.length, record.vocabulary, record.right, record.words,
                           share(record.right, record.words));
    }

    int finish(Session& session, certify::Archive& archive, const verdict::Verdict& verdict, record::Maximum record,
               const std::string& how) const {
        finish_certificate(session, archive, {""});
        record.answer = verdict.word();
        if (verdict.is_undecided())
            record.reason = to_string(verdict.why().reason), record.detail = verdict.why().detail;
        if (verdict.kept()) record.certificate = verdict.digest();
        record.seconds = verdict.spent.seconds;
        if (verdict.is_undecided())
            session.print(fmt::format("UNDECIDED how often {} answers with the greatest symbol: {}: {}\n",
                                      base::named(record.model), to_string(verdict.why().reason),
                                      verdict.why().detail));
        else
            session.print(fmt::format("VERIFIED {} in {:.2f} s, and again by the checker\n{}", headline(record),
                                      record.seconds, how));
        session.print_json(record::write(record));
        return verdict.is_undecided() ? undecided : success;
    }

    int by_cells(Session& session, const formats::ModelFile& model, certify::Archive& archive,
                 record::Maximum record) const {
        session.progress("bounding cells of words");
        const certify::Maximum found =
            certify::certify_maximum(model, static_cast<std::int64_t>(record.length), session.limits(), archive);
        record.right = found.cells.right.get_str();
        record.evaluations = found.cells.cells;
        record.certified = found.cells.certified;
        const std::string how = fmt::format(
            "  cost       {} cells in the place of {} words ({:.1f} times fewer), of which {} are certified\n"
            "  tightness  {} words are left open; --proof brute looks at each\n",
            found.cells.cells, record.words, share(record.words, std::to_string(found.cells.cells)),
            found.cells.certified, mpz_class(mpz_class(record.words) - found.cells.right).get_str());
        return finish(session, archive, found.verdict, std::move(record), how);
    }

    int by_words(Session& session, const formats::ModelFile& model, certify::Archive& archive,
                 record::Maximum record) const {
        const language::Task task = language::Task::parse("sort", model.transformer.alphabet);
        task::Options options;
        options.count = true;
        options.progress = [&](const std::string& what) { session.progress(what); };
        const certify::Performance found =
            certify::perform(certify::ClassSubject{model, task}, static_cast<std::int64_t>(record.length), options,
                             session.limits(), archive);
        record.right = mpz_class(mpz_class(record.words) - found.outcome.wrong).get_str();
        record.evaluations = found.outcome.words;
        std::string how = fmt::format("  cost       {} words\n", found.outcome.words);
        if (const auto& margin = found.outcome.margin; margin && found.verdict.holds()) {
            record.least = record::Maximum::Least{model.transformer.alphabet.spell(margin->word), margin->least_text(),
                                                  margin->most_text()};
            how += fmt::format("  tightness  exact; the least margin lies in [{}, {}], of {}\n", record.least->lower,
                               record.least->upper, base::quoted(record.least->word, 200));
        }
        return finish(session, archive, found.verdict, std::move(record), how);
    }

    std::string model_, directory_, proof_ = "cubic";
    std::optional<std::uint64_t> vocabulary_;
    std::optional<std::int64_t> length_;
};

}  // namespace

std::unique_ptr<Command> make_maxof() { return std::make_unique<MaxofCommand>(); }

}  // namespace attest::cli
