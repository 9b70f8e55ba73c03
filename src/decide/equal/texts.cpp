// Two networks that answer texts: a program at each position what a variable or a class is, a model the name of a class. Of two
// of which one is soft, that one is asked whether the other's texts are its own, which takes one evaluation, and gives the margin.

#include "texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "decide/recognise/guesses.hpp"
#include "decide/task/class_margins.hpp"
#include "network/program/at_length.hpp"
#include "search.hpp"

namespace attest::equal {

namespace {

using language::Word;
using Texts = std::vector<std::string>;

/// What one network answers on words of one length.
class Speaker {
  public:
    virtual ~Speaker() = default;

    virtual bool is_soft() const { return false; }
    /// Nothing where it is not certain, or a limit came first.
    virtual std::optional<Texts> answer(const Word& word, const base::Limits& limits) = 0;
    /// Whether the answer is this; likewise.
    virtual std::optional<bool> answers(const Word& word, const Texts& texts, const base::Limits& limits) = 0;
    /// By the network's definition; nothing where it is not certain, or a limit came first.
    virtual std::optional<Texts> replay(const Word& word, const base::Limits& limits) = 0;

    Enclosure enclosure;  ///< of a soft one: what its words took so far
};

class ProgramSpeaker : public Speaker {
  public:
    ProgramSpeaker(const network::Program& program, std::int64_t length) : program_(program) {
        try {
            run_.emplace(program, length);
        } catch (const base::Unsupported&) {  // its tables are too large: words are evaluated one by one
        }
    }

    std::optional<Texts> answer(const Word& word, const base::Limits&) override {
        if (!run_ || !run_->run(word)) return network::answers(program_, word);  // it says which variable has no value
        Texts texts;
        for (const std::uint32_t found : run_->found()) texts.push_back(run_->texts()[found]);
        return texts;
    }
    std::optional<bool> answers(const Word& word, const Texts& texts, const base::Limits& limits) override {
        return answer(word, limits) == texts;
    }
    std::optional<Texts> replay(const Word& word, const base::Limits&) override {
        return network::answers(program_, word);
    }

  private:
    const network::Program& program_;
    std::optional<network::ProgramAtLength> run_;
};

class ModelSpeaker : public Speaker {
  public:
    ModelSpeaker(const network::Transformer& model, std::int64_t length)
        : names_(model.readout.classes->names),
          is_soft_(model.kind() == network::AttentionKind::softmax),
          margins_(task::ClassMargins::make(model, length)) {
        for (std::size_t c = 0; c < names_.size(); ++c) number_.emplace(names_[c], c);
    }

    bool is_soft() const override { return is_soft_; }

    std::optional<Texts> answer(const Word& word, const base::Limits& limits) override {
        auto classes = margins_->leading(word);
        if (!classes) classes = margins_->replay(word, limits);
        if (!classes) return std::nullopt;
        const Texts texts = named(*classes);
        if (is_soft_ && !answers(word, texts, limits).value_or(false))
            return std::nullopt;  // its margin counts as well
        return texts;
    }

    std::optional<Texts> replay(const Word& word, const base::Limits& limits) override {
        const auto classes = margins_->replay(word, limits);
        return classes ? std::optional(named(*classes)) : std::nullopt;
    }

    std::optional<bool> answers(const Word& word, const Texts& texts, const base::Limits& limits) override {
        std::vector<std::size_t> wanted;
        for (const std::string& text : texts) {
            const auto found = number_.find(text);
            if (found == number_.end()) return false;
            wanted.push_back(found->second);
        }
        const auto margin = margins_->next(word, wanted, limits);
        if (!margin) return std::nullopt;
        if (margin->is_right && is_soft_) {
            if (enclosure.bits == 0 || margin->least < enclosure.margin) enclosure.margin = margin->least;
            enclosure.bits = std::max(enclosure.bits, margin->bits);
        }
        return margin->is_right;
    }

  private:
    Texts named(const std::vector<std::size_t>& classes) const {
        Texts texts;
        for (const std::size_t c : classes) texts.push_back(names_[c]);
        return texts;
    }

    const std::vector<std::string>& names_;
    bool is_soft_;
    std::unordered_map<std::string, std::size_t> number_;
    std::unique_ptr<task::ClassMargins> margins_;
};

/// How a network answers, which is told of no word.
struct Manner {
    std::string name;
    bool has_texts = false, is_each = false;
};

Manner manner_of(const decide::Network& network) {
    if (const auto* program = std::get_if<const network::Program*>(&network))
        return {(*program)->name, true, (*program)->output.every};
    const auto* transformer = std::get_if<const network::Transformer*>(&network);
    if (transformer == nullptr) return {std::get<const network::Guhat*>(network)->name};
    const network::Readout& readout = (*transformer)->readout;
    return {(*transformer)->name, readout.classes && readout.classes->names.size() > 1,
            readout.reading == network::Readout::Reading::each};
}

void require_texts(const Question& question) {
    const Manner model = manner_of(question.model), other = manner_of(question.other);
    for (const Manner* one : {&model, &other})
        if (!one->has_texts)
            throw base::Unsupported(
                fmt::format("{}: it answers no texts, as a program does, or a model of two classes or more",
                            base::printable(one->name)));
    if (model.is_each != other.is_each)
        throw base::Unsupported(fmt::format("{} answers at each position of the word, {} once",
                                            base::printable(model.is_each ? model.name : other.name),
                                            base::printable(model.is_each ? other.name : model.name)));
    if (question.length < 1) throw base::UsageError("--length: expected 1 or more where answers are compared, found 0");
}

std::unique_ptr<Speaker> speaker(const decide::Network& network, std::int64_t length) {
    if (const auto* program = std::get_if<const network::Program*>(&network))
        return std::make_unique<ProgramSpeaker>(**program, length);
    return std::make_unique<ModelSpeaker>(*std::get<const network::Transformer*>(network), length);
}

class AllTexts {
  public:
    AllTexts(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          model_(speaker(question.model, question.length)),
          other_(speaker(question.other, question.length)) {}

    Outcome compare(std::uint64_t words) {
        Word word(static_cast<std::size_t>(q_.length), 0);
        do {
            if (statistics_.words % told_every == 0 && options_.progress)
                options_.progress(fmt::format("{} of {} words, by both", statistics_.words, words));
            if (const auto limit = limits_.exceeded()) return stop(*limit, words);
            const Word read = read_by_other(word, q_.letters);
            const auto same = ask(word, read);
            if (!same) {
                if (const auto limit = limits_.exceeded()) return stop(*limit, words);
                return imprecise(word);
            }
            ++statistics_.words;
            if (!*same) return difference(word, read);
        } while (language::next_word(word, decide::alphabet_of(q_.model)));
        return {holds(), statistics_};
    }

    /// Where there are too many words: on those that are typically answered wrongly.
    Outcome guess() {
        constexpr std::uint64_t most_guesses = 1024;
        const std::size_t symbols = decide::alphabet_of(q_.model).size(), length = static_cast<std::size_t>(q_.length);
        base::Random random(options_.seed);
        Searched searched;
        for (; searched.words < most_guesses; ++searched.words) {
            if (searched.words % told_every == 0 && options_.progress)
                options_.progress(fmt::format("{} of {} guesses", searched.words, most_guesses));
            searched.limit = limits_.exceeded();
            if (searched.limit) break;
            const Word word = decide::guess(random, symbols, length), read = read_by_other(word, q_.letters);
            statistics_.words = searched.words + 1;
            const auto same = ask(word, read);
            if (same && !*same) return difference(word, read);
        }
        return {too_many_words(q_, options_, searched), statistics_};
    }

  private:
    static constexpr std::uint64_t told_every = 256;

    std::optional<bool> ask(const Word& word, const Word& read) {
        if (model_->is_soft()) {
            const auto texts = other_->answer(read, limits_);
            return texts ? model_->answers(word, *texts, limits_) : std::nullopt;
        }
        const auto texts = model_->answer(word, limits_);
        return texts ? other_->answers(read, *texts, limits_) : std::nullopt;
    }

    Outcome difference(const Word& word, const Word& read) {
        auto model = model_->replay(word, limits_), other = other_->replay(read, limits_);
        if (!model || !other) return imprecise(word);
        if (*model == *other)
            throw base::InternalError("two networks differ on a word, and do not by their definitions");
        return {Difference{word, false, BothTexts{std::move(*model), std::move(*other)}}, statistics_};
    }

    Outcome stop(base::Limit limit, std::uint64_t words) const {
        return {verdict::Undecided{verdict::reason_of(limit),
                                   fmt::format("after {} of {} words", statistics_.words, words)},
                statistics_};
    }
    Outcome imprecise(const Word& word) const {
        return {verdict::Undecided{verdict::Reason::imprecise,
                                   fmt::format("two classes are level on \"{}\", as far as can be told",
                                               decide::alphabet_of(q_.model).spell(word))},
                statistics_};
    }

    Holds holds() const {
        Enclosure both;
        for (const Speaker* one : {model_.get(), other_.get()}) {
            if (one->enclosure.bits == 0) continue;
            if (both.bits == 0 || one->enclosure.margin < both.margin) both.margin = one->enclosure.margin;
            both.bits = std::max(both.bits, one->enclosure.bits);
        }
        if (both.bits == 0) return {decide::Exhaustion{}};
        return {both};
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    std::unique_ptr<Speaker> model_, other_;
    decide::Statistics statistics_;
};

}  // namespace

Outcome compare_texts(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    require_texts(question);
    const auto at_most = [&](std::uint64_t most) {
        return language::count_words(decide::alphabet_of(question.model), static_cast<std::uint64_t>(question.length),
                                     most);
    };
    const auto words = at_most(options.most_words);
    const bool compile = is_program(question.model) && is_program(question.other);
    if (!compile && options.method == decide::Method::circuit)
        return {verdict::Undecided{verdict::Reason::unsupported, "answers have a circuit only where both are programs"},
                {}};
    const bool by_circuit = options.method == decide::Method::circuit ||
                            (compile && options.method == decide::Method::automatic && !at_most(few_words));
    std::optional<Outcome> of_circuit;
    if (by_circuit) {
        of_circuit = compare_texts_by_circuit(question, options, limits);
        const verdict::Undecided* why = of_circuit->undecided();
        const bool too_large =
            why != nullptr && (why->reason == verdict::Reason::memory || why->reason == verdict::Reason::unsupported);
        if (!too_large || options.method == decide::Method::circuit) return *of_circuit;
    }
    AllTexts all(question, options, limits);
    if (words) return all.compare(*words);
    Outcome guessed = all.guess();
    return of_circuit && found_nothing(guessed) ? *of_circuit : guessed;
}

}  // namespace attest::equal
