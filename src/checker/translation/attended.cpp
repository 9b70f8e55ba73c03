#include "checker/translation/attended.hpp"

#include <algorithm>

// A hard head attends to the candidate (position, value) of greatest score that is there. In descending order of score,
// a class after which some position has all its values in kept classes is never passed: one of them is there. So later
// classes are cut off, which is what keeps circuits small (FORMAT.md section 6.3, 1 to 3).

namespace attest::checker {

std::uint32_t Numbering::number(const Vector& vector) {
    const auto [entry, fresh] = numbers_.emplace(vector, static_cast<std::uint32_t>(vectors_.size()));
    if (fresh) vectors_.push_back(&entry->first);
    return entry->second;
}

HeadCircuit::HeadCircuit(Circuit& circuit, const Instance& instance, std::size_t layer, std::size_t head,
                         const std::vector<Values>& before, Budget& budget)
    : circuit_(circuit),
      n_(instance.n),
      head_(instance.layer(layer).attention->heads[head]),
      is_average_(instance.layer(layer).attention->kind == Kind::average),
      numbers_(instance.heads_of(layer)[head]),
      before_(before),
      budget_(budget) {
    for (const Values& values : before_) {
        budget_.memory(values.size() * 96 * instance.model->dimension);
        auto& keys = key_of_.emplace_back();
        auto& results = result_of_.emplace_back();
        for (const Value& value : values) {
            keys.push_back(keys_.number(head_.key ? (*head_.key)(value.vector, budget_) : Vector()));
            results.push_back(head_.output(head_.value(value.vector, budget_), budget_));
        }
    }
}

const HeadCircuit::Images& HeadCircuit::images_on(const Coordinates& mid) {
    const auto [entry, fresh] = images_on_.try_emplace(mid);
    Images& images = entry->second;
    if (!fresh) return images;
    for (const auto& results : result_of_) {
        budget_.step(results.size(), 1 + mid.size());
        auto& numbers = images.of.emplace_back();
        for (const Vector& result : results) {
            Vector image(result.size());
            for (std::size_t c = 0; c < result.size(); ++c)
                if (mid[c]) image[c] = result[c];
            numbers.push_back(images.vectors.number(image));
        }
    }
    return images;
}

void HeadCircuit::begin_position(std::size_t p, const Coordinates& mid) {
    p_ = p;
    images_ = &images_on(mid);
    done_.clear();
}

const std::vector<Attended>& HeadCircuit::attended(const Vector& z) {
    const std::size_t query = queries_.number(head_.query ? (*head_.query)(z, budget_) : Vector());
    const std::vector<Attended>*& done = done_[query];
    if (!done) done = &chosen(kept(candidates(query)));
    return *done;
}

std::vector<ScoreClass> HeadCircuit::ranked(const Vector& z) {
    return classes(kept(candidates(queries_.number(head_.query ? (*head_.query)(z, budget_) : Vector()))));
}

std::vector<const Vector*> HeadCircuit::images() const {
    std::vector<const Vector*> images;
    for (std::size_t u = 0; u < images_->vectors.size(); ++u) images.push_back(&images_->vectors[u]);
    return images;
}

const Vector& HeadCircuit::products(std::size_t query) {
    const auto [entry, fresh] = products_.try_emplace(query);
    if (!fresh) return entry->second;
    budget_.step(keys_.size());
    budget_.memory(keys_.size() * 64);
    for (std::size_t k = 0; k < keys_.size(); ++k)
        entry->second.push_back(head_.query ? Rational(numbers_.scale * dot(queries_[query], keys_[k], budget_))
                                            : Rational());
    return entry->second;
}

std::vector<HeadCircuit::Candidate> HeadCircuit::candidates(std::size_t query) {
    const Vector& base = products(query);
    std::vector<Candidate> candidates;
    for (std::size_t j = 1; j <= n_; ++j) {
        if (!may_see(head_.mask, p_, j)) continue;
        for (std::size_t w = 0; w < before_[j - 1].size(); ++w)
            candidates.push_back({j, w, base[key_of_[j - 1][w]] + numbers_.bias.at(p_, j)});
    }
    budget_.step(candidates.size());
    return candidates;
}

/// The classes up to the first after which some position has all its values in kept classes: that is, all
/// candidates that score at least the greatest of the positions' worst scores. In descending order of score.
std::vector<HeadCircuit::Candidate> HeadCircuit::kept(std::vector<Candidate> candidates) const {
    const Rational* threshold = nullptr;
    for (std::size_t from = 0; from < candidates.size();) {
        const Rational* worst = &candidates[from].score;
        std::size_t to = from;
        for (; to < candidates.size() && candidates[to].j == candidates[from].j; ++to)
            if (candidates[to].score < *worst) worst = &candidates[to].score;
        if (!threshold || *threshold < *worst) threshold = worst;
        from = to;
    }
    std::vector<Candidate> kept;
    for (const Candidate& candidate : candidates)
        if (candidate.score >= *threshold) kept.push_back(candidate);
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return kept;
}

std::vector<ScoreClass> HeadCircuit::classes(const std::vector<Candidate>& kept) const {
    std::vector<ScoreClass> classes;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const auto& [j, w, score] = kept[k];
        const bool new_class = k == 0 || score != kept[k - 1].score;
        if (new_class) classes.emplace_back();
        if (new_class || j != kept[k - 1].j) classes.back().emplace_back();
        Step& step = classes.back().back();
        step.values.emplace_back(images_->of[j - 1][w], before_[j - 1][w].literal);
        step.whole = step.values.size() == before_[j - 1].size();
    }
    return classes;
}

const std::vector<Attended>& HeadCircuit::chosen(const std::vector<Candidate>& kept) {
    std::vector<std::uint32_t> key;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const bool new_class = k > 0 && kept[k].score != kept[k - 1].score;
        if (new_class) key.push_back(0);  // positions begin at 1
        key.push_back(static_cast<std::uint32_t>(kept[k].j));
        key.push_back(static_cast<std::uint32_t>(kept[k].w));
    }
    const auto [entry, fresh] = chosen_.try_emplace({images_, std::move(key)});
    if (fresh) {
        budget_.memory(16 * kept.size());
        entry->second = choose(kept);
    }
    return entry->second;
}

std::vector<Attended> HeadCircuit::choose(const std::vector<Candidate>& kept) {
    std::vector<ScoreClass> found = classes(kept);
    if (is_average_) return averaged(found);
    std::vector<std::uint32_t> images;
    std::vector<bool> seen(images_->vectors.size());
    for (const ScoreClass& steps : found)
        for (const Step& step : steps)
            for (const auto& value : step.values)
                if (!seen[value.first]) seen[value.first] = true, images.push_back(value.first);

    const bool descending = head_.mask == Mask::future || head_.mask == Mask::strict_future;
    if (descending)
        for (ScoreClass& steps : found) std::reverse(steps.begin(), steps.end());
    const Keep keep = (head_.tie == Tie::left) != descending ? Keep::first : Keep::last;
    const Literals literals = choose_images(circuit_, found, images, keep, budget_);
    std::vector<Attended> result;
    for (std::size_t k = 0; k < images.size(); ++k) result.push_back({&images_->vectors[images[k]], literals[k]});
    return result;
}

std::vector<Attended> HeadCircuit::averaged(const std::vector<ScoreClass>& found) {
    const std::vector<const Vector*> all = images();
    std::vector<Attended> result;
    for (Mean& mean : means_of(circuit_, found, all, budget_)) {
        means_.push_back(std::move(mean.image));
        result.push_back({&means_.back(), mean.literal});
    }
    return result;
}

}  // namespace attest::checker
