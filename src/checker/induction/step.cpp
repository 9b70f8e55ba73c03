#include "checker/induction/step.hpp"

#include <algorithm>

#include "checker/induction/step_parts.hpp"
#include "checker/translation/word_inputs.hpp"

// FORMAT.md, section 31, "Latches" and "Gates", in the order of the text.

namespace attest::checker {
namespace {

class StepBuilder {
  public:
    StepBuilder(const Question& question, const Automaton& automaton, const Scale& scale, Budget& budget)
        : question_(question),
          automaton_(automaton),
          scale_(scale),
          budget_(budget),
          possible_(question, scale, budget),
          step_(lay_out()),
          circuit_(step_.circuit) {
        now_.resize(step_.initial.size());
        for (std::size_t k = 0; k < now_.size(); ++k) now_[k] = step_.latch(k);
        step_.next.assign(now_.size(), bottom);
        for (std::size_t a = 0; a < question.alphabet.size(); ++a)
            letters_.push_back(WordInputs{question.alphabet.size(), 1}.present(1, a));
    }

    MachineStep build() {
        add_phases();
        const ValueColumn& letters = possible_.letters;
        Literals held = first_values(letters, letters_, now_);
        for (std::size_t l = 0; l < question_.model->layers.size(); ++l) {
            for (std::size_t h = 0; h < possible_.registers[l].size(); ++h)
                for (std::size_t r = 0; r < possible_.registers[l][h].size(); ++r) update(l, h, r, held);
            if (l < letters.steps.size()) held = values_above(letters, l, held, now_);
        }
        const Literal accept = accepted(held);
        const Literals states = next_states(circuit_, automaton_, question_.letters, letters_,
                                            std::span(now_).subspan(states_), top, budget_);
        std::copy(states.begin(), states.end(), step_.next.begin() + static_cast<std::ptrdiff_t>(states_));
        Literals in;
        for (std::size_t q = 0; q < automaton_.accepting.size(); ++q)
            if (automaton_.accepting[q]) in.push_back(step_.next[states_ + q]);
        step_.bad = circuit_.parity(accept, circuit_.disjunction(std::move(in)));
        return std::move(step_);
    }

  private:
    /// The latches in order, and a circuit with an input for each.
    MachineStep lay_out() {
        const bool begin = question_.model->begin.has_value();
        std::vector<bool> initial;
        const auto add = [&](std::size_t count, bool first) {
            budget_.memory(64, count);
            const std::size_t at = initial.size();
            initial.resize(at + count, false);
            if (first) initial[at] = true;
            return at;
        };
        if (has_phase_latches()) add(possible_.letter_phases.size(), true);
        for (const auto& heads : possible_.registers) {
            auto& of_layer = latches_.emplace_back();
            for (const auto& registers : heads) {
                auto& of_head = of_layer.emplace_back();
                for (const KindRegister& reg : registers) of_head.push_back(add(reg.kinds.size(), begin));
            }
        }
        states_ = add(automaton_.accepting.size(), false);
        initial[states_ + automaton_.start] = true;
        const std::size_t inputs = WordInputs{question_.alphabet.size(), 1}.count();
        return {Circuit(inputs + initial.size(), budget_), inputs, initial, {}, bottom};
    }

    bool has_phase_latches() const { return possible_.letter_phases.size() > 1; }

    Literal phase(std::size_t f, const Literals& latches) const { return has_phase_latches() ? latches[f] : top; }

    void add_phases() {
        if (!has_phase_latches()) return;
        const auto& phases = possible_.letter_phases;
        for (std::size_t f = 0; f < phases.size(); ++f) {
            Literals before;
            for (std::size_t g = 0; g < phases.size(); ++g)
                if (scale_.after(phases[g]) == phases[f]) before.push_back(now_[g]);
            step_.next[f] = circuit_.disjunction(std::move(before));
        }
    }

    Literals first_values(const ValueColumn& column, const Literals& symbols, const Literals& latches) {
        std::vector<Literals> cases(column.values[0].size());
        auto value = column.first.begin();
        for (const Literal symbol : symbols)
            for (std::size_t f = 0; f < possible_.letter_phases.size(); ++f)
                cases[*value++].push_back(circuit_.conjunction(symbol, phase(f, latches)));
        return any_of_each(circuit_, std::move(cases));
    }

    /// What a register of a head holds after a letter.
    void update(std::size_t l, std::size_t h, std::size_t r, const Literals& held) {
        const KindRegister& reg = possible_.registers[l][h][r];
        const std::size_t first = latches_[l][h][r], count = reg.kinds.size();
        Preference& preference = possible_.sequence().preference(l, h);
        std::vector<Literals> cases(count);
        for (std::size_t v = 0; v < held.size(); ++v) {
            const std::size_t kind = possible_.kind(l, h, reg.query, possible_.letters.values[l][v]);
            const auto at = std::find(reg.kinds.begin(), reg.kinds.end(), kind) - reg.kinds.begin();
            cases[static_cast<std::size_t>(at)].push_back(held[v]);
        }
        const Literals comes = any_of_each(circuit_, std::move(cases));
        const auto later = [&](std::size_t left, std::size_t right) {
            return preference.certainly_later(is_far, reg.kinds[left], is_far, reg.kinds[right]);
        };
        for (std::size_t k = 0; k < count; ++k) {
            Literals over, under;
            for (std::size_t o = 0; o < count; ++o) {
                if (o == k) continue;
                if (!later(o, k)) over.push_back(now_[first + o]);
                if (later(k, o)) under.push_back(comes[o]);
            }
            const Literal taken = circuit_.conjunction(comes[k], negated(circuit_.disjunction(std::move(over))));
            const Literal stays =
                circuit_.conjunction(now_[first + k], negated(circuit_.disjunction(std::move(under))));
            step_.next[first + k] = circuit_.disjunction(taken, stays);
        }
    }

    /// The literals of what a head may find for a value, one a find.
    Literals found(const ValueStep& step, std::size_t l, std::size_t h, const Literals& latches) {
        const KindRegister* reg = step.registers[h];
        const std::size_t kinds = reg == nullptr ? 0 : reg->kinds.size();
        const std::size_t first =
            reg == nullptr ? 0 : latches_[l][h][static_cast<std::size_t>(reg - possible_.registers[l][h].data())];
        Literals result;
        for (const HeadFind& find : step.finds[h]) {
            Literals entries;
            for (const std::size_t e : find.entries) {
                if (e < kinds) {
                    entries.push_back(latches[first + e]);
                    continue;
                }
                Literals none;
                for (std::size_t k = 0; k < kinds; ++k) none.push_back(negated(latches[first + k]));
                entries.push_back(circuit_.conjunction(std::move(none)));
            }
            result.push_back(circuit_.disjunction(std::move(entries)));
        }
        return result;
    }

    Literals values_above(const ValueColumn& column, std::size_t l, const Literals& held, const Literals& latches) {
        std::vector<Literals> cases(column.values[l + 1].size());
        for (std::size_t v = 0; v < held.size(); ++v) {
            const ValueStep& step = column.steps[l][v];
            std::vector<Literals> finds;
            for (std::size_t h = 0; h < step.finds.size(); ++h) finds.push_back(found(step, l, h, latches));
            for (const auto& [chosen, result] : step.cases) {
                Literals all{held[v]};
                for (std::size_t h = 0; h < finds.size(); ++h) all.push_back(finds[h][chosen[h]]);
                cases[result].push_back(circuit_.conjunction(std::move(all)));
            }
        }
        return any_of_each(circuit_, std::move(cases));
    }

    Literal accepted(const Literals& of_letters) {
        const bool has_end = question_.model->end.has_value();
        Literals held = of_letters;
        const ValueColumn& column = has_end ? possible_.ends : possible_.letters;
        if (has_end) {
            held = first_values(column, {top}, step_.next);
            for (std::size_t l = 0; l < question_.model->layers.size(); ++l)
                held = values_above(column, l, held, step_.next);
        }
        Literals accepting;
        for (std::size_t v = 0; v < held.size(); ++v)
            if (possible_.accepted(column.values.back()[v])) accepting.push_back(held[v]);
        return circuit_.disjunction(std::move(accepting));
    }

    const Question& question_;
    const Automaton& automaton_;
    Scale scale_;
    Budget& budget_;
    PossibleValues possible_;
    std::vector<std::vector<std::vector<std::size_t>>> latches_;  ///< first one of a register
    std::size_t states_ = 0;
    MachineStep step_;
    Circuit& circuit_;
    Literals now_, letters_;
};

}  // namespace

MachineStep build_step(const Question& question, const Automaton& automaton, const Scale& scale, Budget& budget) {
    return StepBuilder(question, automaton, scale, budget).build();
}

}  // namespace attest::checker
