export { ratingOfScore } from '../contract/rating-of-score.ts';
