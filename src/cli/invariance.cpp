#include "record/invariance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "certify/order.hpp"
#include "command.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "number.hpp"
#include "regular_language.hpp"
#include "studies.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using certify::OrderAnswer;
using certify::OrderedModel;

bool is_seq2seq(const std::string& operand) {
    if (operand.starts_with("zoo:") || !operand.ends_with(".json") || !std::filesystem::exists(operand)) return false;
    const base::Json document = base::Json::parse(base::read_file(operand), operand);
    const base::JsonNode root(document, operand);
    return root.value().is_object() && root.has("format") && root.at("format").value().is_string() &&
           root.at("format").as_string() == "attest/seq2seq";
}

OrderedModel load_ordered(const std::string& operand) {
    if (is_seq2seq(operand)) return formats::read_seq2seq(operand);
    return load_model(operand);
}

std::string name_of_model(const OrderedModel& model) {
    if (const auto* file = std::get_if<formats::ModelFile>(&model)) return file->transformer.name;
    return std::get<formats::Seq2seqFile>(model).network.name;
}

std::vector<order::Reading> readings_of(const OrderedModel& model) {
    const auto* file = std::get_if<formats::ModelFile>(&model);
    return file == nullptr ? std::vector<order::Reading>{} : order::readings(file->transformer);
}

/// `model.json` in the language's letters: the symbols of a model are those of the languages that take theirs from it.
language::Language load_language_for(const std::string& text, const std::optional<OrderedModel>& model) {
    if (!model) return load_over(text, "");
    const auto* file = std::get_if<formats::ModelFile>(&*model);
    const language::Alphabet alphabet =
        file != nullptr ? file->transformer.alphabet
                        : language::Alphabet(std::get<formats::Seq2seqFile>(*model).network.alphabet);
    language::Language language = load_language(text, alphabet, {}).language;
    if (!(language.alphabet() == alphabet))
        throw base::UsageError(fmt::format("--language {}: expected a language over {}, found one over {}", text,
                                           alphabet.describe(), language.alphabet().describe()));
    return language;
}

class InvarianceCommand : public Command {
  public:
    std::string name() const override { return "invariance"; }
    std::string summary() const override {
        return "Whether answers depend on the counts of symbols alone, or on their proportions: of a model, of a "
               "language";
    }
    std::vector<std::string> examples() const override {
        return {"attest invariance zoo:uniform-majority", "attest invariance zoo:uniform-majority --language parity",
                "attest invariance --language 'regex:(ab)*' --certificate out/i"};
    }
    void declare(CLI::App& app) override {
        app.add_option("MODEL", model_, "A model file, an encoder-decoder (attest/seq2seq), or zoo:NAME");
        app.add_option("--language", language_,
                       "A language: is it so itself, and can a model such as this recognise it? attest languages lists "
                       "them");
        app.add_option("--length", options_.longest,
                       "The length up to which words are tried where the text of the model shows nothing (default 12)")
            ->transform(within<std::int64_t>(1, 64))
            ->type_name("N");
        app.add_option("--words", options_.most_words, "How many words are tried then (default 20000)")
            ->transform(within<std::uint64_t>(1, 10'000'000))
            ->type_name("COUNT");
        app.add_option("--certificate", directory_, "Keep the certificates in this directory")->type_name("DIR");
    }

    int run(Session& session) override {
        if (model_.empty() && language_.empty())
            throw base::UsageError("invariance: expected a model, or --language, or both; found neither");
        std::optional<OrderedModel> model;
        if (!model_.empty()) model = load_ordered(model_);
        std::optional<language::Language> language;
        if (!language_.empty()) {
            language = load_language_for(language_, model);
            note_reading(session, language_);
        }
        options_.progress = [&](const std::string& what) { session.progress(what); };
        certify::Archive archive(directory_.empty() ? std::nullopt : std::optional(directory_));
        std::vector<OrderAnswer> answers;
        if (model) answers = decide_order(*model, options_, session.limits(), archive);
        if (language) {
            std::vector<OrderAnswer> more = decide_order(*language, options_, session.limits(), archive);
            std::move(more.begin(), more.end(), std::back_inserter(answers));
        }
        finish_certificate(session, archive, parts_of_answers(answers));
        print(session, model, language, answers);
        const auto is_open = [](const OrderAnswer& answer) { return answer.verdict.is_undecided(); };
        // It is a report: one of its questions may stay open.
        return std::all_of(answers.begin(), answers.end(), is_open) ? undecided : success;
    }

  private:
    static std::vector<std::string> parts_of_answers(const std::vector<OrderAnswer>& answers) {
        std::vector<std::string> parts;
        for (const OrderAnswer& answer : answers) parts.push_back(answer.part);
        return parts;
    }

    /// The answer of the language that excludes what the model is verified to be: counts first, since words of one length are the plainer pair.
    static const OrderAnswer* refuting(const std::vector<OrderAnswer>& answers) {
        for (const order::Invariance invariance : {order::Invariance::order, order::Invariance::proportion}) {
            const OrderAnswer *model = nullptr, *language = nullptr;
            for (const OrderAnswer& a : answers)
                if (a.invariance == invariance) (a.of_language ? language : model) = &a;
            if (model && language && model->verdict.holds() && language->verdict.fails()) return language;
        }
        return nullptr;
    }

    static std::string evidence_text(const OrderAnswer& a) {
        if (a.shown_by == "syntax") return "its text shows it";
        if (a.shown_by == "automaton") return "its minimal automaton shows it";
        if (a.shown_by == "definition") return "by its definition";
        const std::string one = base::quoted(a.words->first, 200), other = base::quoted(a.words->second, 200);
        if (a.time) return fmt::format("on {} and {} the vectors at time {} are different", one, other, *a.time);
        const auto said = [&](bool yes) {
            return a.of_language ? (yes ? "in it" : "not in it") : (yes ? "accepted" : "rejected");
        };
        return fmt::format("{} is {}, {} is {}", one, said(a.accepts), other, said(!a.accepts));
    }

    static std::string row(const std::string& subject, const OrderAnswer& a) {
        if (a.verdict.is_undecided())
            return fmt::format("UNDECIDED whether {} is {}-invariant: {}{}\n", subject, to_string(a.invariance),
                               a.verdict.why().detail, a.obstacle.empty() ? "" : fmt::format(" ({})", a.obstacle));
        return fmt::format("{} {} is {}{}-invariant: {}{}\n", a.verdict.holds() ? "VERIFIED" : "REFUTED ", subject,
                           a.verdict.holds() ? "" : "not ", to_string(a.invariance), evidence_text(a),
                           a.obstacle.empty() ? "" : fmt::format(" ({})", a.obstacle));
    }

    static std::string reading_text(const std::vector<order::Reading>& readings) {
        std::string text;
        for (const order::Reading& r : readings) {
            const char* shown = r.proportion ? "order- and proportion-invariant"
                                : r.order    ? "order-invariant"
                                             : "nothing is shown by its text";
            text += fmt::format("  read at {:10} {}{}\n", r.where == "symbol" ? "a symbol" : "the " + r.where, shown,
                                r.is_own ? " (so it is read)" : "");
        }
        return text;
    }

    void print(Session& session, const std::optional<OrderedModel>& model,
               const std::optional<language::Language>& language, const std::vector<OrderAnswer>& answers) const {
        record::Invariance record;
        if (model) record.model = name_of_model(*model);
        if (language) record.language = language->name();
        std::string text;
        for (const OrderAnswer& answer : answers) {
            text += row(answer.of_language ? base::quoted(language->name(), 200) : base::named(*record.model), answer);
            record.answers.push_back(record::invariance_answer(answer));
        }
        if (model) {
            const std::vector<order::Reading> readings = readings_of(*model);
            text += reading_text(readings);
            for (const order::Reading& reading : readings)
                record.readings.push_back(record::invariance_reading(reading));
        }
        if (const OrderAnswer* refutes = refuting(answers)) {
            text += fmt::format(
                "So {} does not recognise {}, and no {}-invariant model does: it answers the same on {} and {}\n",
                base::named(*record.model), base::quoted(language->name(), 200), to_string(refutes->invariance),
                base::quoted(refutes->words->first, 200), base::quoted(refutes->words->second, 200));
            record.refutes = to_string(refutes->invariance);
        }
        record.seconds = session.seconds();
        session.print(text);
        session.print_json(record::write(record));
    }

    std::string model_, language_, directory_;
    order::PairOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_invariance() { return std::make_unique<InvarianceCommand>(); }

}  // namespace attest::cli
