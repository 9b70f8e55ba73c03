#include "reachability.hpp"

#include <algorithm>
#include <queue>

#include "logic/incremental_solver.hpp"

// Frame k is clauses that hold of all states which at most k letters lead to. A state from which a letter ends badly is an obligation: it
// is shown not to be reached in k letters, by a clause that holds in frame k since no step from frame k - 1 breaks it, or a state
// before it is one more obligation, a frame below. When all clauses of a frame hold in the next one too, nothing new is ever reached.
//
// An obligation that is met is not looked at again in a later frame (as most provers do): so a word that is found has no more letters than
// there are frames, and all shorter words were shown to end well.

namespace attest::induction {

namespace {

using logic::Answer;

/// A solver that knows a step; clauses that hold for a while have a switch, and what was switched off is swept out now and then.
class StepSolver {
  public:
    StepSolver(const StepFormula& step, const base::Limits& limits) : step_(step), limits_(limits) { renew(); }

    void renew() {
        solver_ = std::make_unique<logic::IncrementalSolver>();
        solver_->add(step_.clauses);
        variables_ = step_.clauses.variables;
        passed_ = 0;
    }
    /// Enough was switched off.
    bool is_stale() const { return passed_ > 2000; }

    std::int32_t make_switch() { return ++variables_; }
    void add(const std::vector<std::int32_t>& clause) { solver_->add(clause); }
    void switch_off(std::int32_t s) {
        add({-s});
        ++passed_;
    }
    Answer solve(const std::vector<std::int32_t>& assumptions) {
        ++queries_;
        return solver_->solve(assumptions, limits_);
    }
    bool holds(std::int32_t literal) const { return solver_->holds(literal); }
    bool failed(std::int32_t assumption) const { return solver_->failed(assumption); }
    std::size_t queries() const { return queries_; }

  private:
    const StepFormula& step_;
    const base::Limits& limits_;
    std::unique_ptr<logic::IncrementalSolver> solver_;
    std::int32_t variables_ = 0;
    std::size_t passed_ = 0, queries_ = 0;
};

class Reachability {
  public:
    Reachability(const StepFormula& step, const std::vector<LatchLiterals>& lemmas, const ReachabilityOptions& options,
                 const base::Limits& limits)
        : step_(step),
          lemmas_(lemmas),
          options_(options),
          limits_(limits),
          frames_solver_(step, limits),
          lifting_solver_(step, limits) {
        for (std::size_t k = 0; k < step.latches(); ++k)
            first_.push_back(step.initial[k] ? static_cast<LatchLiteral>(k + 1) : -static_cast<LatchLiteral>(k + 1));
        frames_.resize(1);
        fill();
    }

    ReachabilityOutcome run() {
        if (ends_badly(0)) outcome_.result = language::Word{last_letter()};
        while (!is_done()) {
            frames_.emplace_back();
            switches_.push_back(frames_solver_.make_switch());
            while (!is_done() && ends_badly(top())) {
                const language::Symbol letter = last_letter();
                obligations_.clear();
                obligations_.push_back({lifted(letter, {}), top(), none, letter});
                meet_obligations();
            }
            if (!is_done()) push_clauses();
        }
        outcome_.frames = top();
        outcome_.queries = queries();
        return std::move(outcome_);
    }

  private:
    static constexpr std::size_t none = SIZE_MAX;

    struct Obligation {
        LatchLiterals cube;
        std::size_t level = 0;
        std::size_t then = none;  ///< the obligation that its letter leads to
        language::Symbol letter = 0;
    };

    std::size_t top() const { return frames_.size() - 1; }
    std::size_t queries() const { return frames_solver_.queries() + lifting_solver_.queries(); }
    bool is_done() {
        if (limits_.exceeded() || (options_.most_queries && queries() > *options_.most_queries)) stopped_ = true;
        return stopped_ || !std::holds_alternative<std::monostate>(outcome_.result);
    }

    /// The solver of frames from nothing: lemmas always, the cubes that a frame excludes by its switch.
    void fill() {
        frames_solver_.renew();
        for (const LatchLiterals& lemma : lemmas_) {
            std::vector<std::int32_t> clause;
            for (const LatchLiteral l : lemma) clause.push_back(step_.before(l));
            frames_solver_.add(clause);
        }
        switches_.assign(1, 0);
        for (std::size_t f = 1; f < frames_.size(); ++f) {
            switches_.push_back(frames_solver_.make_switch());
            for (const LatchLiterals& cube : frames_[f]) exclude(f, cube);
        }
    }

    void exclude(std::size_t frame, const LatchLiterals& cube) {
        std::vector<std::int32_t> clause{-switches_[frame]};
        for (const LatchLiteral l : cube) clause.push_back(-step_.before(l));
        frames_solver_.add(clause);
    }

    /// What holds in a frame; in frame 0 that is all.
    std::vector<std::int32_t> in_frame(std::size_t frame) const {
        std::vector<std::int32_t> assumptions;
        if (frame == 0)
            for (const LatchLiteral l : first_) assumptions.push_back(step_.before(l));
        else assumptions.assign(switches_.begin() + static_cast<std::ptrdiff_t>(frame), switches_.end());
        return assumptions;
    }

    bool ends_badly(std::size_t frame) {
        std::vector<std::int32_t> assumptions = in_frame(frame);
        assumptions.push_back(step_.bad);
        return ask(assumptions) == Answer::satisfiable;
    }

    Answer ask(const std::vector<std::int32_t>& assumptions) {
        const Answer answer = frames_solver_.solve(assumptions);
        if (answer == Answer::unknown) stopped_ = true;
        return answer;
    }

    /// Of the step that was found.
    language::Symbol last_letter() const {
        language::Symbol a = 0;
        while (!frames_solver_.holds(step_.letters[a])) ++a;
        return a;
    }

    /// As much of the state that was found as makes this letter lead to the cube, or end badly if there is none.
    LatchLiterals lifted(language::Symbol letter, const LatchLiterals& cube) {
        std::vector<std::int32_t> assumptions;
        LatchLiterals state;
        for (std::size_t k = 0; k < step_.latches(); ++k) {
            const auto latch = static_cast<LatchLiteral>(k + 1);
            state.push_back(frames_solver_.holds(step_.now[k]) ? latch : -latch);
        }
        std::int32_t elsewhere = -step_.bad;
        if (!cube.empty()) {
            elsewhere = lifting_solver_.make_switch();
            std::vector<std::int32_t> clause{-elsewhere};
            for (const LatchLiteral l : cube) clause.push_back(-step_.after(l));
            lifting_solver_.add(clause);
        }
        assumptions.push_back(elsewhere);
        for (std::size_t a = 0; a < step_.letters.size(); ++a)
            assumptions.push_back(a == letter ? step_.letters[a] : -step_.letters[a]);
        for (const std::int32_t g : step_.guesses) assumptions.push_back(frames_solver_.holds(g) ? g : -g);
        for (const LatchLiteral l : state) assumptions.push_back(step_.before(l));
        if (lifting_solver_.solve(assumptions) == Answer::unsatisfiable)
            std::erase_if(state, [&](LatchLiteral l) { return !lifting_solver_.failed(step_.before(l)); });
        if (!cube.empty()) lifting_solver_.switch_off(elsewhere);
        if (lifting_solver_.is_stale()) lifting_solver_.renew();
        return state;
    }

    /// Whether no step from the frame, from outside of the cube, leads into it. If so `core` is as much of it as that needs.
    bool is_unreachable_from(std::size_t frame, const LatchLiterals& cube, LatchLiterals& core) {
        if (frames_solver_.is_stale()) fill();
        std::vector<std::int32_t> assumptions = in_frame(frame);
        const std::int32_t outside = frames_solver_.make_switch();
        std::vector<std::int32_t> clause{-outside};
        for (const LatchLiteral l : cube) clause.push_back(-step_.before(l));
        frames_solver_.add(clause);
        assumptions.push_back(outside);
        for (const LatchLiteral l : cube) assumptions.push_back(step_.after(l));
        const Answer answer = ask(assumptions);
        if (answer == Answer::unsatisfiable) {
            core = cube;
            std::erase_if(core, [&](LatchLiteral l) { return !frames_solver_.failed(step_.after(l)); });
            keep_out_first(core, cube);
        }
        // The state that was found must be read before anything is added.
        if (answer == Answer::satisfiable) found_letter_ = last_letter();
        if (answer == Answer::satisfiable && wants_state_) found_ = lifted(found_letter_, cube);
        frames_solver_.switch_off(outside);
        return answer == Answer::unsatisfiable;
    }

    /// The first state must not be in the cube: a literal that it breaks is put back.
    void keep_out_first(LatchLiterals& core, const LatchLiterals& cube) const {
        const auto breaks = [&](LatchLiteral l) { return !step_.holds_at_first(l); };
        if (std::any_of(core.begin(), core.end(), breaks)) return;
        const auto one = std::find_if(cube.begin(), cube.end(), breaks);
        if (one == cube.end()) return;
        core.push_back(*one);
        normalise(core);
    }
    bool has_first(const LatchLiterals& cube) const {
        return std::all_of(cube.begin(), cube.end(), [&](LatchLiteral l) { return step_.holds_at_first(l); });
    }

    /// Fewer literals, as long as the frame below leads nowhere into the cube from outside.
    void generalise(std::size_t level, LatchLiterals& cube) {
        wants_state_ = false;
        // What latches hold says more than what they do not: literals that are false are tried first.
        LatchLiterals order = cube;
        std::stable_partition(order.begin(), order.end(), [](LatchLiteral l) { return l < 0; });
        LatchLiterals core;
        for (const LatchLiteral l : order) {
            if (stopped_ || cube.size() == 1) break;
            const auto at = std::find(cube.begin(), cube.end(), l);
            if (at == cube.end()) continue;
            LatchLiterals less = cube;
            less.erase(less.begin() + (at - cube.begin()));
            if (!has_first(less) && is_unreachable_from(level - 1, less, core)) cube = core;
        }
    }

    static bool contains(const LatchLiterals& large, const LatchLiterals& small) {
        return std::all_of(small.begin(), small.end(),
                           [&](LatchLiteral l) { return std::find(large.begin(), large.end(), l) != large.end(); });
    }

    bool is_excluded(std::size_t level, const LatchLiterals& cube) const {
        for (std::size_t f = level; f < frames_.size(); ++f)
            for (const LatchLiterals& other : frames_[f])
                if (other.size() <= cube.size() && contains(cube, other)) return true;
        return false;
    }

    /// The cube is excluded up to a level, and what that covers is forgotten.
    void add_cube(std::size_t level, const LatchLiterals& cube) {
        for (std::size_t f = 1; f <= level; ++f)
            std::erase_if(frames_[f], [&](const LatchLiterals& other) { return contains(other, cube); });
        frames_[level].push_back(cube);
        exclude(level, cube);
    }

    void meet_obligations() {
        using Entry = std::pair<std::size_t, std::size_t>;  // level, number: the lowest level first
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
        queue.emplace(top(), 0);
        LatchLiterals core;
        while (!queue.empty() && !is_done()) {
            const auto [level, number] = queue.top();
            if (level == 0) {
                outcome_.result = word_from(number);
                return;
            }
            const LatchLiterals cube = obligations_[number].cube;
            if (is_excluded(level, cube)) {
                queue.pop();
                continue;
            }
            wants_state_ = true;
            if (!is_unreachable_from(level - 1, cube, core)) {
                if (stopped_) return;
                obligations_.push_back({found_, level - 1, number, found_letter_});
                queue.emplace(level - 1, obligations_.size() - 1);
                continue;
            }
            queue.pop();
            generalise(level, core);
            LatchLiterals higher;
            std::size_t to = level;
            while (to < top() && !stopped_ && is_unreachable_from(to, core, higher)) ++to;
            if (!stopped_) add_cube(to, core);
        }
    }

    language::Word word_from(std::size_t obligation) const {
        language::Word word;
        for (; obligation != none; obligation = obligations_[obligation].then)
            word.push_back(obligations_[obligation].letter);
        return word;
    }

    /// What holds in a frame and no step from it breaks holds in the next.
    void push_clauses() {
        wants_state_ = false;
        LatchLiterals core;
        for (std::size_t f = 1; f < top() && !is_done(); ++f) {
            const std::vector<LatchLiterals> cubes = frames_[f];
            for (const LatchLiterals& cube : cubes) {
                if (is_done()) return;
                if (std::find(frames_[f].begin(), frames_[f].end(), cube) == frames_[f].end()) continue;
                if (is_unreachable_from(f, cube, core)) add_cube(f + 1, core);
            }
            if (frames_[f].empty() && !stopped_) {
                ClauseInvariant found{lemmas_};
                for (std::size_t g = f + 1; g < frames_.size(); ++g)
                    for (LatchLiterals cube : frames_[g]) {
                        for (LatchLiteral& l : cube) l = -l;
                        found.clauses.push_back(std::move(cube));
                    }
                outcome_.result = std::move(found);
            }
        }
    }

    const StepFormula& step_;
    const std::vector<LatchLiterals>& lemmas_;
    ReachabilityOptions options_;
    const base::Limits& limits_;
    StepSolver frames_solver_, lifting_solver_;
    LatchLiterals first_;                             ///< the first state
    std::vector<std::vector<LatchLiterals>> frames_;  ///< cubes that are excluded up to this frame
    std::vector<std::int32_t> switches_;              ///< by frame
    std::vector<Obligation> obligations_;
    LatchLiterals found_;  ///< of the last step into a cube: the states that do the same
    language::Symbol found_letter_ = 0;
    bool wants_state_ = false, stopped_ = false;
    ReachabilityOutcome outcome_;
};

}  // namespace

ReachabilityOutcome reach(const StepFormula& step, const std::vector<LatchLiterals>& lemmas,
                          const ReachabilityOptions& options, const base::Limits& limits) {
    return Reachability(step, lemmas, options, limits).run();
}

}  // namespace attest::induction
