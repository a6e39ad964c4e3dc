export { DetailsLoading as default } from '../../../_components/ui/PageLoading';
