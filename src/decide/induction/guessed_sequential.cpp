#include <fmt/format.h>

#include "circuit/substitute.hpp"
#include "guessed_step.hpp"

namespace attest::induction {

using circuit::Literal;

namespace {

constexpr std::size_t most_bytes_of_frames = std::size_t{4} << 30;

/// What a port says of the word that a step ends, where all of these are true; and what it says of the empty word.
struct Said {
    std::vector<Literal> all;
    bool of_empty_word = false;
};

/// Around a step: inputs of a frame, latches of the step. A step that reads the begin symbol reads it in frame 0, so that what it says in
/// frame N is about words of N symbols; else there are latches for what it says.
class Frames {
  public:
    Frames(const StepCircuit& step, std::size_t symbols, const std::vector<Said>& said)
        : step_(step), symbols_(symbols), said_(said) {
        for (std::size_t a = 0; a + 1 < symbols; ++a)
            letters_.push_back(builder_.add_input(symbols == 2 ? "x" : fmt::format("letter {}", a)));
        for (std::size_t g = 0; g < step.guess_inputs; ++g)
            guesses_.push_back(builder_.add_input(fmt::format("guess {}", g)));
        const std::size_t before = step.letter_inputs + step.guess_inputs;
        for (std::size_t k = 0; k < step.latches(); ++k)
            latches_.push_back(add_latch(step.circuit().input_name(before + k), step.initial[k]));
        for (std::size_t p = 0; p < said.size() && !step.reads_begin; ++p)
            ports_.push_back(add_latch(fmt::format("said {}", p), said[p].of_empty_word));
    }

    /// The circuit without ports, and these, in order of what is said.
    std::pair<circuit::Sequential, std::vector<Literal>> make() && {
        std::vector<Literal> inputs = decoded();
        inputs.insert(inputs.end(), guesses_.begin(), guesses_.end());
        inputs.insert(inputs.end(), latches_.begin(), latches_.end());
        std::vector<Literal> roots = step_.next;
        for (const Said& one : said_) roots.insert(roots.end(), one.all.begin(), one.all.end());
        const std::vector<Literal> images = circuit::substitute(builder_, step_.circuit(), inputs, roots);
        auto image = images.begin();
        for (std::size_t k = 0; k < step_.latches(); ++k) set_next(k, *image++);
        for (std::size_t p = 0; p < said_.size(); ++p) {
            const auto end = image + static_cast<std::ptrdiff_t>(said_[p].all.size());
            const Literal now = builder_.conjunction(std::vector<Literal>(image, end));
            image = end;
            if (!step_.reads_begin) set_next(step_.latches() + p, now);
            else ports_.push_back(said_[p].of_empty_word ? builder_.disjunction({now, !latches_[0]}) : now);
        }
        result_.step = std::move(builder_).take();
        return {std::move(result_), std::move(ports_)};
    }

  private:
    Literal add_latch(const std::string& name, bool initial) {
        const std::string shown = initial ? "not " + name : name;
        complemented_.push_back(initial);
        result_.latches.push_back({shown, circuit::bottom, false});
        return builder_.add_input(shown) ^ initial;
    }
    void set_next(std::size_t latch, Literal next) { result_.latches[latch].next = next ^ complemented_[latch]; }

    /// The letters as the step wants them: of several that are true the first counts; if there is none it is the last.
    std::vector<Literal> decoded() {
        if (symbols_ <= 2) return letters_;
        std::vector<Literal> result;
        Literal none_before = circuit::top;
        for (const Literal letter : letters_) {
            result.push_back(builder_.conjunction({none_before, letter}));
            none_before = builder_.conjunction({none_before, !letter});
        }
        result.push_back(none_before);
        return result;
    }

    const StepCircuit& step_;
    std::size_t symbols_;
    const std::vector<Said>& said_;
    circuit::Builder builder_{most_bytes_of_frames};
    circuit::Sequential result_;
    std::vector<Literal> letters_, guesses_, latches_, ports_;
    std::vector<bool> complemented_;
};

}  // namespace

circuit::Sequential sequential_of(const StepCircuit& step, std::size_t symbols, bool is_language,
                                  std::optional<bool> empty_word) {
    std::vector<Said> said{{{step.bad}, empty_word == true}};
    if (!is_language) {
        said = {{step.right_guesses, empty_word == true}, {step.right_guesses, empty_word == false}};
        said[0].all.push_back(step.accept);
        said[1].all.push_back(!step.accept);
    }
    auto [circuit, ports] = Frames(step, symbols, said).make();
    if (is_language) circuit.bad.push_back({"bad", ports[0]});
    else {
        circuit.step.add_output("accept", ports[0]);
        circuit.step.add_output("reject", ports[1]);
    }
    return std::move(circuit);
}

}  // namespace attest::induction
